// SPDX-License-Identifier: MIT
#include "spec/lint.h"

#include <algorithm>
#include <set>

namespace plumbline::spec {
namespace {

using Kind = Mention::Kind;
using Strings = std::vector<std::string>;

bool EndsWith(const std::string& text, std::string_view end, std::string& rest) {
  if (!text.ends_with(end) || text.size() == end.size()) return false;
  rest = text.substr(0, text.size() - end.size());
  return true;
}

// A stream or placeholder, taken apart: what kind of name it needs.
struct Needed {
  enum class What { kNothing, kProcess, kConnection, kPort, kTerminal, kNumber, kUnknown };
  What what = What::kNothing;
  std::string name;
};

Needed NeededByStream(const std::string& stream) {
  std::string name;
  if (stream == "terminal") return {Needed::What::kTerminal, {}};
  if (EndsWith(stream, ".received", name)) return {Needed::What::kConnection, name};
  if (EndsWith(stream, ".stdout", name) || EndsWith(stream, ".stderr", name)) {
    if (name == "submission") return {Needed::What::kNothing, {}};
    return {Needed::What::kProcess, name};
  }
  return {Needed::What::kUnknown, stream};
}

Needed NeededByChannel(const std::string& channel) {
  if (channel == "stdin") return {Needed::What::kNothing, {}};
  if (channel == "terminal") return {Needed::What::kTerminal, {}};
  return {Needed::What::kConnection, channel};
}

// The name or program at the front of a who, "" where it has none.
std::string WordOf(const Who& who) {
  if (who.base == Who::Base::kGroup) return WordOf(who.group[0]);
  return who.base == Who::Base::kProgram ? who.word : "";
}

Needed NeededByWho(const std::string& text) {
  const auto who = ParseWho(text, [](const std::string&) { return false; });
  if (!who) return {Needed::What::kUnknown, text};
  const std::string word = WordOf(*who);
  if (word.empty()) return {Needed::What::kNothing, {}};
  return {Needed::What::kProcess, word};
}

Needed NeededByPlaceholder(const std::string& placeholder) {
  static constexpr std::string_view kOfConnection[] = {".client", ".client.ip", ".client.port",
                                                       ".server", ".server.ip", ".server.port"};
  std::string name;
  if (placeholder == "cwd") return {};
  if (placeholder == "n") return {Needed::What::kNumber, {}};
  for (const std::string_view end : kOfConnection) {
    if (EndsWith(placeholder, end, name)) return {Needed::What::kConnection, name};
  }
  if (EndsWith(placeholder, ".pid", name) || EndsWith(placeholder, ".ppid", name))
    return NeededByWho(name);
  if (EndsWith(placeholder, ".port", name)) return {Needed::What::kPort, name};
  return {Needed::What::kUnknown, placeholder};
}

Needed NeededBy(const Mention& mention) {
  switch (mention.kind) {
    case Kind::kWho:
      return {Needed::What::kProcess, mention.text};
    case Kind::kPlaceholder:
      return NeededByPlaceholder(mention.text);
    case Kind::kStream:
      return NeededByStream(mention.text);
    case Kind::kStreamOrChannel: {
      const Needed stream = NeededByStream(mention.text);
      return stream.what == Needed::What::kUnknown ? NeededByChannel(mention.text) : stream;
    }
    case Kind::kClosable: {
      std::string name;
      return EndsWith(mention.text, ".stdout", name) ? NeededByStream(mention.text)
                                                     : NeededByChannel(mention.text);
    }
    case Kind::kChannel:
      return NeededByChannel(mention.text);
    case Kind::kConnection:
      return {Needed::What::kConnection, mention.text};
    case Kind::kKey:
      return {Needed::What::kTerminal, {}};
    default:
      return {};
  }
}

const Declared* Find(const Names& names, const Needed& needed) {
  if (needed.what == Needed::What::kConnection) return names.Connection(needed.name);
  const auto found = names.all.find(needed.name);
  if (found == names.all.end()) return nullptr;
  const bool fits = needed.what == Needed::What::kPort
                        ? found->second.port
                        : found->second.kind == Declared::Kind::kProcess;
  return fits ? &found->second : nullptr;
}

Strings NamesOf(const Names& names, Needed::What what) {
  Strings list;
  for (const auto& [name, declared] : names.all) {
    if (Find(names, {what, name}) != nullptr) list.push_back(name);
  }
  if (what == Needed::What::kProcess) list.insert(list.end(), {"submission", "all"});
  return list;
}

// A word that is no name is a program: but not one that differs from a name by a slip. Short words
// are too near to one another to tell.
std::string NearMiss(const std::string& word, const Names& names) {
  Strings long_enough;
  for (const std::string& name : NamesOf(names, Needed::What::kProcess)) {
    if (name.size() >= 4) long_enough.push_back(name);
  }
  return word.size() < 4 ? "" : DidYouMean(word, long_enough);
}

// One place, one mistake: what is wrong with a mention in a scenario, if anything.
std::optional<Complaint> Missing(const Mention& mention, const Needed& needed, const Names& names,
                                 bool terminal) {
  switch (needed.what) {
    case Needed::What::kNothing:
    case Needed::What::kNumber:
      return std::nullopt;
    case Needed::What::kTerminal:
      if (terminal) return std::nullopt;
      return Complaint{"no-terminal", "the scenario has no terminal", "add terminal: true to it"};
    case Needed::What::kUnknown:
      break;
    default:
      if (Find(names, needed) != nullptr) return std::nullopt;
  }
  const bool known = names.all.contains(needed.name);
  if (mention.kind == Kind::kPlaceholder && needed.what != Needed::What::kProcess)
    return Complaint{"unknown-placeholder", "{" + mention.text + "} names nothing",
                     "for a brace that stands for itself write {{"};
  if (needed.what == Needed::What::kProcess && mention.kind != Kind::kWho &&
      mention.kind != Kind::kPlaceholder)
    return Complaint{"unknown-stream", Quoted(mention.text) + " is no stream",
                     DidYouMean(needed.name, NamesOf(names, needed.what))};
  if (needed.what == Needed::What::kProcess) {
    if (known)
      return Complaint{"not-a-process", Quoted(needed.name) + " is no process",
                       "name a program, or a process that is started"};
    const std::string hint = NearMiss(needed.name, names);
    if (hint.empty()) return std::nullopt;
    return Complaint{"near-miss", Quoted(needed.name) + " would be a program, and is nearly a name",
                     hint};
  }
  if (mention.kind == Kind::kStream) {
    std::string hint = DidYouMean(needed.name, NamesOf(names, Needed::What::kConnection));
    if (hint.empty()) hint = "streams are NAME.stdout, NAME.stderr, CONNECTION.received, terminal";
    return Complaint{"unknown-stream", Quoted(mention.text) + " is no stream", hint};
  }
  std::string hint = DidYouMean(needed.name, NamesOf(names, Needed::What::kConnection));
  if (hint.empty()) hint = "a connection gets its name by 'connect' or 'accept'";
  return Complaint{"unknown-channel", Quoted(mention.text) + " is no channel", hint};
}

// {n} needs a text that is written once for each of a group.
bool InGroup(const Mention& mention, const Mentions& mentions, const Names& names) {
  return std::ranges::any_of(mentions, [&](const Mention& other) {
    if (other.item != mention.item || other.item < 0 || other.kind == Kind::kPlaceholder)
      return false;
    const Needed needed = NeededBy(other);
    if (needed.what != Needed::What::kConnection) return false;
    const auto found = names.all.find(needed.name);
    return found != names.all.end() && found->second.count > 0;
  });
}

void ReportNumber(Reader& reader, const Mention& mention) {
  reader.Report(mention.mark, "unknown-placeholder", "{n} has no value here",
                "it is the number in a 'count', of files, of connections or of numbered lines");
}

// --- A scenario

class ScenarioLint {
 public:
  ScenarioLint(Reader& reader, const Exercise& exercise, const Scenario& scenario,
               const NamesByScenario& all, const Mentions& mentions)
      : reader_(reader),
        exercise_(exercise),
        scenario_(scenario),
        all_(all),
        names_(all.at(scenario.name)),
        mentions_(mentions) {}

  void Run() {
    for (const Mention& mention : mentions_) Look(mention);
  }

 private:
  void Look(const Mention& mention) {
    switch (mention.kind) {
      case Kind::kScenario:
        return LookScenario(mention);
      case Kind::kProgram:
        return LookProgram(mention);
      case Kind::kScriptedPeer:
        return LookPeer(mention);
      case Kind::kInputFile:
        return LookFile(mention);
      case Kind::kRelease:
        if (names_.first_hold < 0 || names_.first_hold > mention.item)
          reader_.Report(mention.mark, "nothing-held", "nobody is held before this step");
        return;
      default:
        return LookName(mention);
    }
  }

  void LookScenario(const Mention& mention) {
    if (all_.contains(mention.text)) return;
    reader_.Report(mention.mark, "unknown-scenario", "there is no scenario " + Quoted(mention.text),
                   DidYouMean(mention.text, exercise_.scenario_order));
  }

  void LookProgram(const Mention& mention) {
    Strings known;
    for (const Program& program : exercise_.programs) known.push_back(program.name);
    if (std::ranges::find(known, mention.text) != known.end()) return;
    std::string hint = DidYouMean(mention.text, known);
    if (known.empty()) hint = "the exercise has no 'programs'";
    reader_.Report(mention.mark, "unknown-program", "there is no program " + Quoted(mention.text),
                   hint);
  }

  void LookPeer(const Mention& mention) {
    const auto found = names_.all.find(mention.text);
    Strings scripted;
    for (const auto& [name, declared] : names_.all) {
      if (declared.kind == Declared::Kind::kScriptedPeer) scripted.push_back(name);
    }
    if (std::ranges::find(scripted, mention.text) != scripted.end()) return;
    if (found != names_.all.end())
      return reader_.Report(mention.mark, "not-scripted",
                            Quoted(mention.text) + " is no scripted peer",
                            "only a peer of kind: scripted gives its connections to steps");
    reader_.Report(mention.mark, "unknown-peer", "there is no peer " + Quoted(mention.text),
                   DidYouMean(mention.text, scripted));
  }

  void LookFile(const Mention& mention) {
    Strings paths;
    for (const FileSpec& file : scenario_.files) paths.push_back(file.path);
    const bool counted =
        std::ranges::any_of(scenario_.files, [](const FileSpec& file) { return file.count > 0; });
    if (counted || std::ranges::find(paths, mention.text) != paths.end()) return;
    reader_.Report(mention.mark, "unknown-file", Quoted(mention.text) + " is none of 'files'",
                   DidYouMean(mention.text, paths));
  }

  void LookName(const Mention& mention) {
    const Needed needed = NeededBy(mention);
    if (const auto complaint = Missing(mention, needed, names_, scenario_.terminal))
      return reader_.Report(mention.mark, *complaint);
    const bool fed = mention.kind == Kind::kChannel || mention.kind == Kind::kClosable;
    if (fed && mention.text == "stdin" && scenario_.input.kind != Input::Kind::kOpen)
      return reader_.Report(mention.mark, "stdin-not-open", "standard input is not open to steps",
                            "add stdin: open to the scenario");
    if (needed.what == Needed::What::kNumber && !InGroup(mention, mentions_, names_))
      return ReportNumber(reader_, mention);
    LookOrder(mention, needed);
  }

  // A hold may name who is started later; all else has to be there.
  void LookOrder(const Mention& mention, const Needed& needed) {
    const Declared* declared = Find(names_, needed);
    if (declared == nullptr || mention.kind == Kind::kWho || declared->step < 0) return;
    if (declared->step < mention.item) return;
    reader_.Report(mention.mark, "too-early",
                   Quoted(needed.name) + " is only there from line " +
                       std::to_string(declared->mark.line) + " on",
                   "move this behind that step");
  }

  Reader& reader_;
  const Exercise& exercise_;
  const Scenario& scenario_;
  const NamesByScenario& all_;
  const Names& names_;
  const Mentions& mentions_;
};

// --- A check

class CheckLint {
 public:
  CheckLint(Reader& reader, const Exercise& exercise, const NamesByScenario& names,
            const Mentions& mentions, Check& check)
      : reader_(reader), exercise_(exercise), names_(names), mentions_(mentions), check_(check) {
    for (const auto& [name, declared] : names) any_.Merge(declared);
    any_terminal_ = std::ranges::any_of(
        exercise.scenarios, [](const auto& scenario) { return scenario.second.terminal; });
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
  }

 private:
  void LookScenarios() {
    for (const Mention& mention : mentions_) {
      if (mention.kind != Kind::kScenario || names_.contains(mention.text)) continue;
      reader_.Report(mention.mark, "unknown-scenario",
                     "there is no scenario " + Quoted(mention.text),
                     DidYouMean(mention.text, exercise_.scenario_order));
    }
  }

  // What no scenario has is reported once, whatever the check's scenarios are.
  bool LookAnywhere(const Mention& mention) {
    if (mention.kind == Kind::kSnapshot && !any_.HasSnapshot(mention.text)) {
      Strings known{"start", "end"};
      for (const auto& [name, mark] : any_.snapshots) known.push_back(name);
      reader_.Report(mention.mark, "unknown-snapshot",
                     "no scenario takes a snapshot " + Quoted(mention.text),
                     DidYouMean(mention.text, known));
      return false;
    }
    if (mention.kind == Kind::kFdTarget) return LookFdTarget(mention);
    const Needed needed = NeededBy(mention);
    if (const auto complaint = Missing(mention, needed, any_, any_terminal_)) {
      reader_.Report(mention.mark, *complaint);
      return false;
    }
    if (needed.what != Needed::What::kNumber || InGroup(mention, mentions_, any_)) return true;
    ReportNumber(reader_, mention);
    return false;
  }

  // A word that is nearly a kind of file is no path.
  bool LookFdTarget(const Mention& mention) {
    static const Strings kKinds{"file", "pipe", "fifo", "socket", "terminal", "null"};
    const bool kind = std::ranges::find(kKinds, mention.text) != kKinds.end();
    if (kind || any_.Connection(mention.text) != nullptr) return true;
    const std::string hint = mention.text.size() < 4 ? "" : DidYouMean(mention.text, kKinds);
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
    if (needed.what == Needed::What::kTerminal) return exercise_.scenarios.at(scenario).terminal;
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
    if (!check_.scenarios.empty()) return;
    reader_.Report(check_.mark, "no-scenario",
                   only_perturbed ? "only perturbed scenarios have all that this check names"
                                  : "no scenario has all that this check names",
                   only_perturbed ? "say which with 'scenario'" : "split the check");
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
  NeedsLint(Reader& reader, const Exercise& exercise) : reader_(reader), exercise_(exercise) {}

  // Depth first; what is being visited when it is met again is a cycle, reported at its last link.
  void Visit(const Check& check) {
    if (!done_.insert(check.id).second) return;
    open_.push_back(check.id);
    for (const std::string& id : check.needs) {
      if (std::ranges::find(open_, id) != open_.end()) {
        reader_.Report(check.mark, "needs-cycle",
                       Quoted(check.id) + " needs " + Quoted(id) + ", which needs it",
                       "checks that need each other are never reached");
      } else if (const Check* needed = FindCheck(exercise_, id)) {
        Visit(*needed);
      }
    }
    open_.pop_back();
  }

 private:
  Reader& reader_;
  const Exercise& exercise_;
  std::set<std::string> done_;
  Strings open_;
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

void LintLanguages(Reader& reader, const Exercise& exercise) {
  for (const Check& check : exercise.checks) {
    for (const std::string& language : check.languages) {
      if (exercise.languages.empty() ||
          std::ranges::find(exercise.languages, language) != exercise.languages.end())
        continue;
      reader.Report(check.mark, "foreign-language",
                    "the exercise is not in " + Quoted(language) + ", the check is",
                    "add it to the exercise's languages or remove it here");
    }
  }
}

void LintPassing(Reader& reader, const Exercise& exercise) {
  int sum = 0;
  for (const Check& check : exercise.checks) sum += check.bonus ? 0 : check.points;
  if (!exercise.passing || *exercise.passing <= sum) return;
  reader.Report({1, 1}, "passing-unreachable",
                "passing needs " + std::to_string(*exercise.passing) + " points, all checks give " +
                    std::to_string(sum));
}

}  // namespace

void LintScenario(Reader& reader, const Exercise& exercise, const Scenario& scenario,
                  const NamesByScenario& names, const Mentions& mentions) {
  ScenarioLint(reader, exercise, scenario, names, mentions).Run();
}

void LintCheck(Reader& reader, const Exercise& exercise, const NamesByScenario& names,
               const Mentions& mentions, Check& check) {
  CheckLint(reader, exercise, names, mentions, check).Run();
}

void LintChecks(Reader& reader, const Exercise& exercise, const Mentions& mentions) {
  LintIds(reader, exercise);
  Strings ids;
  for (const Check& check : exercise.checks) ids.push_back(check.id);
  for (const Mention& mention : mentions) {
    if (mention.kind != Kind::kCheck || FindCheck(exercise, mention.text) != nullptr) continue;
    reader.Report(mention.mark, "unknown-check", "there is no check " + Quoted(mention.text),
                  DidYouMean(mention.text, ids));
  }
  NeedsLint needs(reader, exercise);
  for (const Check& check : exercise.checks) needs.Visit(check);
  LintLanguages(reader, exercise);
  LintPassing(reader, exercise);
}

}  // namespace plumbline::spec
