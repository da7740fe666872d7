// SPDX-License-Identifier: MIT
// One thing that goes wrong at one call of one process, of those that Linux could let go wrong
// there: see README.md, "Faults". A run in the default order tells where each could be.
#pragma once

#include <cstdint>
#include <map>
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
  void Scan() const;
  void NoteSocket(const record::Call& call) const;
  void Learn(record::ProcessIndex process, size_t event) const;
  size_t LearnedBy(const record::Call& call) const;
  void NoteHandler(record::ProcessIndex process, const record::Call& call) const;
  bool IsTcp(int object) const;
  bool IsFromOutside(const trace::Task& task, int fd) const;
  bool FillsDisk(const trace::Task& task) const;
  bool MayHaveComeBefore(record::ProcessIndex reader, int object, uint64_t unread) const;
  bool MayComeNow(const trace::Process& process, int signal) const;
  int HarmlessOf(const trace::Task& task) const;
  std::optional<uint64_t> CutOf(const trace::Task& task) const;
  std::optional<uint64_t> CutOfRead(const trace::Task& task, const record::Object& object,
                                    uint64_t asked) const;
  std::optional<uint64_t> CutOfWrite(const trace::Task& task, const record::Object& object,
                                     uint64_t asked) const;

  const record::Perturbation& perturbation_;
  trace::Tracer& tracer_;
  record::Recording& recording_;
  bool fired_ = false;
  struct Write {
    size_t event = 0;
    record::ProcessIndex actor = 0;
    uint64_t bytes = 0;
  };
  // What the events up to `scanned_` tell.
  mutable size_t scanned_ = 0;
  mutable std::set<int> tcp_;                         // objects
  mutable std::map<int, std::vector<Write>> writes_;  // by object
  // The last event by which a process got to know of others: a read, by its object; what else.
  mutable std::map<record::ProcessIndex, std::map<int, size_t>> reads_;
  mutable std::map<record::ProcessIndex, size_t> learned_;
  mutable std::map<int, size_t> connected_;           // by whom, the event of connect(2)
  mutable std::set<record::ProcessIndex> silent_;     // SA_NOCLDSTOP
  std::set<std::pair<std::string, uint64_t>> waits_;  // that were surveyed
};

// The errno by which this call may fail at any time, by its name; "": it may not.
std::string FailureOf(const trace::Task& task);

}  // namespace plumbline::scenario
