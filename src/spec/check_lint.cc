// SPDX-License-Identifier: MIT
#include <algorithm>
#include <set>

#include "base/text.h"
#include "spec/lint.h"
#include "spec/mentions.h"

namespace plumbline::spec {
namespace {

using Kind = Mention::Kind;
using Strings = std::vector<std::string>;

// --- One check

constexpr char kJudged[] = "external";

const Clause* JudgedIn(const Check& check) {
  const auto first = [](const std::vector<Clause>& clauses) -> const Clause* {
    const auto found = std::ranges::find(clauses, kJudged, &Clause::kind);
    return found == clauses.end() ? nullptr : &*found;
  };
  for (const Requirement& requirement : check.requirements) {
    const auto* clause = std::get_if<Clause>(&requirement);
    if (clause != nullptr && clause->kind == kJudged) return clause;
    if (clause != nullptr) continue;
    for (const auto& alternative : std::get<AnyOf>(requirement).alternatives) {
      if (const Clause* found = first(alternative)) return found;
    }
  }
  return nullptr;
}

class CheckLint {
 public:
  CheckLint(Reader& reader, const Exercise& exercise, const NamesByScenario& names,
            const Mentions& mentions, Check& check)
      : reader_(reader), exercise_(exercise), names_(names), mentions_(mentions), check_(check) {
    for (const auto& [name, declared] : names) any_.Merge(declared);
    any_terminal_ = std::ranges::any_of(
        exercise.scenarios, [](const auto& scenario) { return HasTerminal(scenario.second); });
  }

  void Run() {
    LookScenarios();
    bool known = true;
    for (const Mention& mention : mentions_) known = LookAnywhere(mention) && known;
    if (!known) return;
    if (check_.scenarios.empty()) {
      ChooseScenarios();
    } else {
      LookInEach();
    }
    for (const Mention& mention : mentions_) LookOrder(mention);
    LookAtJudged();
  }

 private:
  void LookScenarios() {
    for (const Mention& mention : mentions_) {
      if (mention.kind != Kind::kScenario || names_.contains(mention.text)) continue;
      reader_.Report(mention.mark, "unknown-scenario",
                     "there is no scenario " + Quoted(mention.text),
                     Suggestion(mention.text, exercise_.scenario_order));
    }
  }

  // What no scenario has is reported once, whatever the check's scenarios are.
  bool LookAnywhere(const Mention& mention) {
    if (mention.kind == Kind::kSnapshot) return LookSnapshot(mention);
    if (mention.kind == Kind::kFdTarget) return LookFdTarget(mention);
    auto complaint = WhyMissing(mention, any_, any_terminal_);
    const bool number = NeededBy(mention).what == Needed::What::kNumber;
    if (number && !IsBesideGroup(mention, mentions_, any_)) complaint = NoNumber();
    if (complaint) reader_.Report(mention.mark, *complaint);
    return !complaint;
  }

  bool LookSnapshot(const Mention& mention) {
    if (any_.HasSnapshot(mention.text)) return true;
    Strings known{"start", "end"};
    for (const auto& [name, taken] : any_.snapshots) known.push_back(name);
    reader_.Report(mention.mark, "unknown-snapshot",
                   "no scenario takes a snapshot " + Quoted(mention.text),
                   Suggestion(mention.text, known));
    return false;
  }

  // A word that is nearly a kind of file is no path.
  bool LookFdTarget(const Mention& mention) {
    static const Strings kKinds{"file", "pipe", "fifo", "socket", "terminal", "null"};
    const bool kind = std::ranges::find(kKinds, mention.text) != kKinds.end();
    const bool path = mention.text.find_first_of("./") != std::string::npos;
    if (kind || path || any_.Connection(mention.text) != nullptr) return true;
    const std::string hint = NearMiss(mention.text, kKinds);
    if (hint.empty()) return true;
    reader_.Report(mention.mark, "near-miss",
                   Quoted(mention.text) + " would be a path, and is nearly a kind of file",
                   hint + " a path can be written ./" + mention.text);
    return false;
  }

  bool HoldsIn(const Mention& mention, const std::string& scenario) const {
    const Names& names = names_.at(scenario);
    if (mention.kind == Kind::kSnapshot) return names.HasSnapshot(mention.text);
    if (mention.kind == Kind::kFdTarget)
      return any_.Connection(mention.text) == nullptr || names.Connection(mention.text) != nullptr;
    const Needed needed = NeededBy(mention);
    if (needed.what == Needed::What::kTerminal)
      return HasTerminal(exercise_.scenarios.at(scenario));
    return Find(any_, needed) == nullptr || Find(names, needed) != nullptr;
  }

  bool AllHoldIn(const std::string& scenario) const {
    return std::ranges::all_of(mentions_,
                               [&](const Mention& mention) { return HoldsIn(mention, scenario); });
  }

  void ChooseScenarios() {
    bool only_perturbed = false;
    for (const std::string& name : exercise_.scenario_order) {
      if (!AllHoldIn(name)) continue;
      if (exercise_.scenarios.at(name).under.empty()) {
        check_.scenarios.push_back(name);
      } else {
        only_perturbed = true;
      }
    }
    if (!check_.scenarios.empty() || names_.empty()) return;
    if (only_perturbed)
      return reader_.Report(check_.mark, "no-scenario",
                            "only perturbed scenarios have all that this check names",
                            "say which with 'scenario'");
    reader_.Report(check_.mark, "no-scenario", "no scenario has all that this check names",
                   "split the check: " + WhereThingsAre());
  }

  // "'one' is in plain, 'two' is in again".
  std::string WhereThingsAre() const {
    Strings places;
    for (const Mention& mention : mentions_) {
      Strings scenarios;
      for (const std::string& name : exercise_.scenario_order) {
        if (HoldsIn(mention, name)) scenarios.push_back(name);
      }
      const std::string place = Quoted(mention.text) + " is in " + Listed(scenarios);
      if (scenarios.size() < names_.size() && std::ranges::find(places, place) == places.end())
        places.push_back(place);
    }
    return Listed(places);
  }

  void LookInEach() {
    for (const std::string& scenario : check_.scenarios) {
      if (!names_.contains(scenario)) continue;
      for (const Mention& mention : mentions_) {
        if (HoldsIn(mention, scenario)) continue;
        reader_.Report(mention.mark, "not-in-scenario",
                       "scenario " + Quoted(scenario) + " has no " + Quoted(mention.text),
                       "take the scenario out of 'scenario', or add it there");
      }
    }
  }

  // The second snapshot of a pair comes later in each of the check's scenarios.
  void LookOrder(const Mention& second) {
    if (second.after.empty()) return;
    for (const std::string& scenario : check_.scenarios) {
      const auto names = names_.find(scenario);
      const bool taken = names != names_.end() && names->second.HasSnapshot(second.text) &&
                         names->second.HasSnapshot(second.after);
      if (!taken || names->second.InOrder(second.after, second.text)) continue;
      reader_.Report(second.mark, "not-a-pair",
                     "in scenario " + Quoted(scenario) + ", " + Quoted(second.text) +
                         " is not taken after " + Quoted(second.after),
                     "write the earlier snapshot first");
      return;
    }
  }

  // Of a perturbed scenario's many runs only those are kept that lose something: a program that is
  // asked later would not see them all.
  void LookAtJudged() {
    const Clause* judged = JudgedIn(check_);
    if (judged == nullptr) return;
    for (const std::string& scenario : check_.scenarios) {
      const auto found = exercise_.scenarios.find(scenario);
      if (found == exercise_.scenarios.end() || found->second.under.empty()) continue;
      reader_.Report(judged->mark, "judge-under",
                     "a program cannot judge scenario " + Quoted(scenario) + ", which is perturbed",
                     "give the check a plain scenario");
    }
  }

  Reader& reader_;
  const Exercise& exercise_;
  const NamesByScenario& names_;
  const Mentions& mentions_;
  Check& check_;
  Names any_;
  bool any_terminal_ = false;
};

// --- All checks

const Check* FindCheck(const Exercise& exercise, const std::string& id) {
  const auto found = std::ranges::find(exercise.checks, id, &Check::id);
  return found == exercise.checks.end() ? nullptr : &*found;
}

class NeedsLint {
 public:
  NeedsLint(Reader& reader, const Exercise& exercise, const std::vector<Mentions>& mentions)
      : reader_(reader), exercise_(exercise), mentions_(mentions) {}

  void Run() {
    for (size_t at = 0; at < exercise_.checks.size(); ++at) Visit(at);
  }

 private:
  // Depth first; what is being visited when it is met again is a cycle, reported at its last link.
  void Visit(size_t at) {
    if (!done_.insert(at).second) return;
    open_.push_back(at);
    for (const Mention& mention : mentions_[at]) {
      if (mention.kind == Kind::kCheck) Follow(at, mention);
    }
    open_.pop_back();
  }

  void Follow(size_t from, const Mention& need) {
    const Check* needed = FindCheck(exercise_, need.text);
    if (needed == nullptr) return ReportUnknown(need);
    const auto to = static_cast<size_t>(needed - exercise_.checks.data());
    if (std::ranges::find(open_, to) == open_.end()) return Visit(to);
    const std::string& id = exercise_.checks[from].id;
    reader_.Report(need.mark, "needs-cycle",
                   id == need.text
                       ? Quoted(id) + " needs itself"
                       : Quoted(id) + " needs " + Quoted(need.text) + ", which needs it",
                   "checks that need each other are never reached");
  }

  void ReportUnknown(const Mention& need) {
    Strings ids;
    for (const Check& check : exercise_.checks) ids.push_back(check.id);
    reader_.Report(need.mark, "unknown-check", "there is no check " + Quoted(need.text),
                   Suggestion(need.text, ids));
  }

  Reader& reader_;
  const Exercise& exercise_;
  const std::vector<Mentions>& mentions_;
  std::set<size_t> done_;
  std::vector<size_t> open_;
};

void LintIds(Reader& reader, const Exercise& exercise) {
  std::map<std::string, Mark> seen;
  for (const Check& check : exercise.checks) {
    if (check.id.empty()) continue;
    const auto [first, fresh] = seen.emplace(check.id, check.mark);
    if (fresh) continue;
    reader.Report(check.mark, "duplicate-id",
                  "the check " + Quoted(check.id) + " is already in line " +
                      std::to_string(first->second.line),
                  "choose another id");
  }
}

void LintLanguages(Reader& reader, const Exercise& exercise,
                   const std::vector<Mentions>& mentions) {
  const Strings& known = exercise.languages;
  for (const Mentions& of_check : mentions) {
    for (const Mention& mention : of_check) {
      if (mention.kind != Kind::kLanguage || known.empty() ||
          std::ranges::find(known, mention.text) != known.end())
        continue;
      reader.Report(mention.mark, "foreign-language",
                    "the exercise is not in " + Quoted(mention.text) + ", the check is",
                    "add it to the exercise's languages or remove it here");
    }
  }
}

void LintPassing(Reader& reader, const Exercise& exercise, const Mark& passing) {
  int sum = 0;
  for (const Check& check : exercise.checks) sum += check.bonus ? 0 : check.points;
  if (!exercise.passing || *exercise.passing <= sum) return;
  reader.Report(passing, "passing-unreachable",
                "passing needs " + std::to_string(*exercise.passing) + " points, all checks give " +
                    std::to_string(sum));
}

}  // namespace

bool HasTerminal(const Scenario& scenario) {
  return scenario.terminal || std::ranges::any_of(scenario.steps, [](const Step& step) {
           const auto* start = std::get_if<Start>(&step.action);
           return start != nullptr && start->terminal;
         });
}

void LintCheck(Reader& reader, const Exercise& exercise, const NamesByScenario& names,
               const Mentions& mentions, Check& check) {
  CheckLint(reader, exercise, names, mentions, check).Run();
}

void LintChecks(Reader& reader, const Exercise& exercise, const std::vector<Mentions>& mentions,
                const Mark& passing) {
  LintIds(reader, exercise);
  NeedsLint(reader, exercise, mentions).Run();
  LintLanguages(reader, exercise, mentions);
  LintPassing(reader, exercise, passing);
}

}  // namespace plumbline::spec
