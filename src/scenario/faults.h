// SPDX-License-Identifier: MIT
// One thing that goes wrong at one call of one process, of those that Linux could let go wrong
// there: see README.md, "Faults". A run in the default order tells where each could be.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "record/perturbation.h"
#include "record/recording.h"
#include "trace/tracer.h"

namespace plumbline::scenario {

class Faults {
 public:
  // All outlive it.
  Faults(const record::Perturbation& perturbation, trace::Tracer& tracer,
         record::Recording& recording)
      : perturbation_(perturbation), tracer_(tracer), recording_(recording) {}

  // It is this task's turn to make its call. True: it has had its turn, with the fault.
  bool At(trace::Task& task);
  // All is at rest. True: a wait was interrupted, and somebody moves again.
  bool AtRest();

  // The fault of this run has come to pass.
  bool fired() const { return fired_; }

 private:
  bool IsHere(const trace::Task& task) const;
  void NoteFault(const trace::Task& task);
  void Survey(const trace::Task& task);
  void SurveyWaits();
  void AddSite(const trace::Task& task, std::string fault);
  bool IsTcp(int object) const;
  std::optional<uint64_t> CutOf(const trace::Task& task) const;
  std::optional<uint64_t> CutOfRead(const trace::Task& task, const record::Object& object) const;
  std::optional<uint64_t> CutOfWrite(const trace::Task& task, const record::Object& object) const;

  const record::Perturbation& perturbation_;
  trace::Tracer& tracer_;
  record::Recording& recording_;
  bool fired_ = false;
  mutable size_t scanned_ = 0;                        // events
  mutable std::set<int> tcp_;                         // objects
  std::set<std::pair<std::string, uint64_t>> waits_;  // that were surveyed
};

// The errno by which this call may fail at any time, by its name; "": it may not.
std::string FailureOf(const trace::Task& task);
// A signal that everybody may send at any time, that nobody means anything by, and that this
// process handles; or the call ends by a stop and a continuation alone (signal(7)).
bool CanBeInterrupted(const trace::Process& process, int call);

}  // namespace plumbline::scenario
