// SPDX-License-Identifier: MIT
// What `plumbline verify` found of one exercise: a value, and its forms.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/units.h"

namespace plumbline::cli {

// Something that is not as it must be, so that the exercise is not proven.
struct Shortfall {
  std::string where;  // below the exercise's folder: "wrong/no-wait", "statement.ca.md"
  std::string what;
  bool operator==(const Shortfall&) const = default;
};

// A program of the exercise's own folder, graded.
struct Tried {
  std::string kind;  // "solutions", "starter", "wrong"
  std::string name;
  std::string language;
  int points = 0;
  int max_points = 0;
  std::map<std::string, std::string> lost;  // check -> code of its first finding
  // Check -> what that one says, in English: for people, and no part of the verdict.
  std::map<std::string, std::string> said = {};
  bool HasVerdictOf(const Tried& other) const;
};

// A solution with one call changed (record/mutation.h).
struct TriedMutant {
  enum class Fate { kKilled, kSurvived, kEquivalent, kWaived };
  std::string solution;
  std::string text;
  std::string told;  // "the close of descriptor 4 at main.c:31 is left out"
  Fate fate = Fate::kSurvived;
  std::set<std::string> lost;  // of kKilled: the checks of the run that noticed
  std::string scenario;        // that run's
  std::string reason;          // of kWaived
  bool operator==(const TriedMutant&) const = default;
};
std::string_view ToString(TriedMutant::Fate fate);

struct Verified {
  std::string exercise;
  std::vector<Shortfall> shortfalls;
  std::vector<Tried> programs;
  std::vector<TriedMutant> mutants;
  std::vector<std::string> checks;  // all ids, as written
  size_t repetitions = 1;           // how often all of that was done
  size_t runs = 0;                  // of all repetitions
  Duration took{};
  bool reused = false;  // nothing had changed since it was found

  size_t Count(TriedMutant::Fate fate) const;
  // Of the mutants that somebody could notice, waived ones left out, how many were killed.
  double Killed() const;
  // Checks that no wrong submission and no mutant ever failed.
  std::vector<std::string> NeverFailed() const;
  // By check: wrong submissions that lose it, mutants killed by it.
  size_t WrongOnesLosing(const std::string& check) const;
  size_t MutantsLosing(const std::string& check) const;
};

// What the first finding of that check says, as it is put behind its code: `, "It exited with 1."`;
// "" if there is none.
std::string Quoted(const Tried& tried, const std::string& check);

// The verdicts alone, without what differs from run to run.
std::string Verdicts(const Verified& verified);

// Counts one more repetition; each of its verdicts that is another one than the first is a
// shortfall of `first`.
void AddRepetition(Verified& first, const Verified& again);

std::string ToJson(const std::vector<Verified>& all);
// Of what ToJson wrote, one element.
Result<std::vector<Verified>> VerifiedFromJson(std::string_view text);
// For people.
std::string ToText(const Verified& verified);
std::string ToMarkdown(const std::vector<Verified>& all);

}  // namespace plumbline::cli
