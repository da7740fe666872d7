// SPDX-License-Identifier: MIT
// Calls of the student's own source that are left out or made differently: see README.md,
// "Mutants".
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "record/mutation.h"
#include "record/recording.h"
#include "trace/tracer.h"

namespace plumbline::scenario {

class Mutants {
 public:
  // Fails for a call or a way that there is not.
  static Status Check(const record::Mutation& mutation);
  // Both outlive it.
  Mutants(record::Mutation mutation, std::string language, trace::Tracer& tracer,
          record::Recording& recording);

  // The calls that must stop for it.
  std::set<int> Calls() const;
  // The task is about to make a call. A result: the call is left out and gives that. Otherwise it
  // is made, with the arguments that are in the task by now.
  std::optional<int64_t> At(trace::Task& task);

 private:
  void Survey(trace::Task& task);
  bool IsOfLanguage(int call) const;
  bool IsOfLibrary(const trace::Task& task, const record::Location& where) const;
  bool IsPlaceOf(const trace::Task& task, const record::Location& where) const;
  void NotePipe(const trace::Task& task);

  record::Mutation mutation_;
  std::string language_;
  int call_ = -1;  // of mutation_
  trace::Tracer& tracer_;
  record::Recording& recording_;
  std::set<std::string> noted_;                   // sites, in full
  std::set<std::pair<std::string, int>> piping_;  // lines of Python that have made pipes
};

// What a mutant is about, for people: "the close of a socket at main.c:31 is left out".
std::string Describe(const record::Mutation& mutation);

}  // namespace plumbline::scenario
