// SPDX-License-Identifier: MIT
#include "cli/verified.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <tuple>
#include <utility>

#include "base/text.h"

namespace plumbline::cli {
namespace {

using Fate = TriedMutant::Fate;
using Json = nlohmann::ordered_json;

constexpr std::array<std::pair<Fate, std::string_view>, 4> kFates{
    {{Fate::kKilled, "killed"},
     {Fate::kSurvived, "survived"},
     {Fate::kEquivalent, "equivalent"},
     {Fate::kWaived, "waived"}}};

}  // namespace

std::string_view ToString(Fate fate) {
  return std::ranges::find(kFates, fate, &std::pair<Fate, std::string_view>::first)->second;
}

size_t Verified::Count(Fate fate) const {
  return static_cast<size_t>(std::ranges::count(mutants, fate, &TriedMutant::fate));
}

double Verified::Killed() const {
  const size_t killed = Count(Fate::kKilled);
  const size_t noticeable = killed + Count(Fate::kSurvived);
  return noticeable == 0 ? 1.0 : static_cast<double>(killed) / static_cast<double>(noticeable);
}

size_t Verified::WrongOnesLosing(const std::string& check) const {
  return static_cast<size_t>(std::ranges::count_if(programs, [&](const Tried& program) {
    return program.kind == "wrong" && program.lost.contains(check);
  }));
}

size_t Verified::MutantsLosing(const std::string& check) const {
  return static_cast<size_t>(std::ranges::count_if(
      mutants, [&](const TriedMutant& mutant) { return mutant.lost.contains(check); }));
}

std::vector<std::string> Verified::NeverFailed() const {
  std::vector<std::string> never;
  std::ranges::copy_if(checks, std::back_inserter(never), [&](const std::string& check) {
    return WrongOnesLosing(check) + MutantsLosing(check) == 0;
  });
  return never;
}

bool Tried::HasVerdictOf(const Tried& other) const {
  const auto verdict = [](const Tried& one) {
    return std::tie(one.kind, one.name, one.language, one.points, one.max_points, one.lost);
  };
  return verdict(*this) == verdict(other);
}

std::string Quoted(const Tried& tried, const std::string& check) {
  const auto found = tried.said.find(check);
  return found == tried.said.end() || found->second.empty() ? "" : ", \"" + found->second + "\"";
}

namespace {

std::string Loses(const Tried& tried, const std::string& check) {
  const auto found = tried.lost.find(check);
  if (found == tried.lost.end()) return "does not lose " + check;
  return "loses " + check + (found->second.empty() ? "" : " by " + found->second);
}

// "loses talk by wrong-text (before: does not lose talk)" of each check.
std::string ChangeOf(const Tried& before, const Tried& now) {
  std::set<std::string> checks;
  for (const auto* tried : {&before, &now}) {
    for (const auto& [check, finding] : tried->lost) checks.insert(check);
  }
  std::vector<std::string> changes;
  for (const std::string& check : checks) {
    const std::string was = Loses(before, check);
    const std::string is = Loses(now, check);
    if (was != is) changes.push_back(is + Quoted(now, check) + " (before: " + was + ")");
  }
  if (changes.empty())
    return std::to_string(now.points) + " points (before: " + std::to_string(before.points) + ")";
  return Listed(changes);
}

}  // namespace

void AddRepetition(Verified& first, const Verified& again) {
  ++first.repetitions;
  first.runs += again.runs;
  first.took += again.took;
  const auto changed = [&](const std::string& where, const std::string& how) {
    first.shortfalls.push_back({where, "another verdict in repetition " +
                                           std::to_string(first.repetitions) +
                                           ", with nothing else changed: " + how});
  };
  for (size_t i = 0; i < std::min(first.programs.size(), again.programs.size()); ++i) {
    const Tried& before = first.programs[i];
    const Tried& now = again.programs[i];
    if (!now.HasVerdictOf(before)) changed(before.kind + "/" + before.name, ChangeOf(before, now));
  }
  std::map<std::pair<std::string, std::string>, Fate> fates;
  for (const TriedMutant& mutant : again.mutants)
    fates[{mutant.solution, mutant.text}] = mutant.fate;
  for (const TriedMutant& mutant : first.mutants) {
    const auto fate = fates.find({mutant.solution, mutant.text});
    const std::string_view now = fate == fates.end() ? "not tried" : ToString(fate->second);
    if (now != ToString(mutant.fate))
      changed("solutions/" + mutant.solution + ", " + mutant.text,
              std::string(now) + " (before: " + std::string(ToString(mutant.fate)) + ")");
  }
}

// --- JSON.

namespace {

Json AsJson(const Shortfall& shortfall) {
  return {{"where", shortfall.where}, {"what", shortfall.what}};
}

Json AsJson(const Tried& program) {
  return {{"kind", program.kind},
          {"name", program.name},
          {"language", program.language},
          {"points", program.points},
          {"max_points", program.max_points},
          {"lost", program.lost},
          {"said", program.said}};
}

Json AsJson(const TriedMutant& mutant) {
  return {{"solution", mutant.solution},   {"mutant", mutant.text}, {"told", mutant.told},
          {"fate", ToString(mutant.fate)}, {"lost", mutant.lost},   {"scenario", mutant.scenario},
          {"reason", mutant.reason}};
}

Json AsJson(const Verified& verified);

template <typename T>
Json AsList(const std::vector<T>& items) {
  Json list = Json::array();
  for (const T& item : items) list.push_back(AsJson(item));
  return list;
}

Json AsJson(const Verified& verified) {
  Json checks = Json::array();
  for (const std::string& check : verified.checks)
    checks.push_back({{"id", check},
                      {"wrong", verified.WrongOnesLosing(check)},
                      {"mutants", verified.MutantsLosing(check)}});
  return {{"exercise", verified.exercise},
          {"proven", verified.shortfalls.empty()},
          {"shortfalls", AsList(verified.shortfalls)},
          {"programs", AsList(verified.programs)},
          {"mutants", AsList(verified.mutants)},
          {"checks", std::move(checks)},
          {"repetitions", verified.repetitions},
          {"runs", verified.runs},
          {"seconds", std::chrono::duration<double>(verified.took).count()}};
}

Verified FromJson(const Json& json) {
  Verified verified{.exercise = json.at("exercise")};
  for (const Json& one : json.at("shortfalls"))
    verified.shortfalls.push_back({one.at("where"), one.at("what")});
  for (const Json& one : json.at("programs"))
    verified.programs.push_back({one.at("kind"), one.at("name"), one.at("language"),
                                 one.at("points"), one.at("max_points"), one.at("lost"),
                                 one.at("said")});
  for (const Json& one : json.at("mutants")) {
    const std::string fate = one.at("fate");
    const auto named = std::ranges::find(kFates, fate, &std::pair<Fate, std::string_view>::second);
    verified.mutants.push_back({one.at("solution"), one.at("mutant"), one.at("told"),
                                named == kFates.end() ? Fate::kSurvived : named->first,
                                one.at("lost"), one.at("scenario"), one.at("reason")});
  }
  for (const Json& one : json.at("checks")) verified.checks.push_back(one.at("id"));
  verified.repetitions = json.at("repetitions");
  verified.runs = json.at("runs");
  verified.took = std::chrono::duration_cast<Duration>(
      std::chrono::duration<double>(json.at("seconds").get<double>()));
  return verified;
}

std::string Dump(const Json& json) {
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace

std::string ToJson(const std::vector<Verified>& all) { return Dump(AsList(all)); }

Result<std::vector<Verified>> VerifiedFromJson(std::string_view text) {
  std::vector<Verified> all;
  try {
    for (const Json& one : Json::parse(text)) all.push_back(FromJson(one));
  } catch (const Json::exception& error) {
    return Fail(std::string("this is no report of plumbline verify: ") + error.what());
  }
  return all;
}

std::string Verdicts(const Verified& verified) {
  Json json = AsJson(verified);
  json.erase("repetitions");
  json.erase("runs");
  json.erase("seconds");
  for (Json& program : json.at("programs")) program.erase("said");
  return Dump(json);
}

// --- Text.

namespace {

std::string Counted(size_t count, const char* what) { return std::to_string(count) + " " + what; }

std::string Summary(const Verified& verified) {
  const auto of_kind = [&](const char* kind) {
    return static_cast<size_t>(std::ranges::count(verified.programs, kind, &Tried::kind));
  };
  std::string text = Counted(of_kind("solutions"), "solutions, ") +
                     Counted(of_kind("starter"), "starters, ") +
                     Counted(of_kind("wrong"), "wrong ones");
  if (verified.mutants.empty()) return text;
  const size_t killed = verified.Count(Fate::kKilled);
  text += "; " + Counted(killed, "of ") +
          Counted(killed + verified.Count(Fate::kSurvived), "mutants killed");
  if (const size_t equal = verified.Count(Fate::kEquivalent))
    text += ", " + Counted(equal, "equal");
  if (const size_t waived = verified.Count(Fate::kWaived)) text += ", " + Counted(waived, "waived");
  return text;
}

std::string Effort(const Verified& verified) {
  const std::string times =
      verified.repetitions > 1 ? Counted(verified.repetitions, "times, ") : "";
  if (verified.reused) return times + "nothing has changed since it was proven";
  return times + Counted(verified.runs, "runs in ") + plumbline::ToString(verified.took);
}

std::string Survivor(const TriedMutant& mutant) {
  return "nobody notices when " + mutant.told + " (solutions/" + mutant.solution + ")";
}

}  // namespace

std::string ToText(const Verified& verified) {
  std::string text = verified.exercise + ": " +
                     (verified.shortfalls.empty() ? "proven" : "not proven") + " (" +
                     Summary(verified) + "; " + Effort(verified) + ")\n";
  for (const Shortfall& shortfall : verified.shortfalls)
    text += "  " + shortfall.where + ": " + shortfall.what + "\n";
  for (const std::string& check : verified.NeverFailed())
    text += "  note: nothing ever failed the check " + check + "\n";
  return text;
}

std::string ToMarkdown(const std::vector<Verified>& all) {
  std::string text =
      "# Exercises, verified\n\n| exercise | proven | programs and mutants | effort |\n"
      "| --- | --- | --- | --- |\n";
  for (const Verified& one : all)
    text += "| `" + one.exercise + "` | " + (one.shortfalls.empty() ? "yes" : "**no**") + " | " +
            Summary(one) + " | " + Effort(one) + " |\n";
  for (const Verified& one : all) {
    text += "\n## " + one.exercise + "\n\n";
    for (const Shortfall& shortfall : one.shortfalls)
      text += "- **" + shortfall.where + "**: " + shortfall.what + "\n";
    if (!one.shortfalls.empty()) text += "\n";
    text += "| check | wrong ones that lose it | mutants that it killed |\n| --- | --- | --- |\n";
    for (const std::string& check : one.checks)
      text += "| `" + check + "` | " + Counted(one.WrongOnesLosing(check), "| ") +
              Counted(one.MutantsLosing(check), "|\n");
    for (const TriedMutant& mutant : one.mutants) {
      if (mutant.fate == Fate::kSurvived) text += "\n- " + Survivor(mutant) + "\n";
      if (mutant.fate == Fate::kWaived)
        text += "\n- waived: " + mutant.told + " (solutions/" + mutant.solution +
                "): " + mutant.reason + "\n";
    }
  }
  return text;
}

}  // namespace plumbline::cli
