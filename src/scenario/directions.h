// SPDX-License-Identifier: MIT
// What a scenario does to programs while they run: holds, failing calls, hidden commands, changed
// exit statuses.
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "sandbox/policy.h"
#include "scenario/cast.h"
#include "scenario/mutants.h"
#include "scenario/plan.h"
#include "trace/tracer.h"

namespace plumbline::scenario {

class Directions : public trace::Director {
 public:
  Directions(const spec::Scenario& scenario, const Cast& cast);

  // What the filter must trap for this scenario, beyond what is observed: whole calls, and calls by
  // their first argument.
  std::set<int> Calls() const;
  std::vector<sandbox::TraceRule> Rules() const;

  // The run has no namespaces (rung C), and a folder of this name for its files: what it cannot
  // have there is refused, and remembered.
  void GoWithoutNamespaces(const std::string& base) { base_ = base; }
  // What a program asked for that it cannot have there, "a socket"; "": nothing. Such a run says
  // nothing of the program.
  const std::string& missed() const { return missed_; }
  void NoteDenied(const std::string& what) override {
    if (missed_.empty()) missed_ = what;
  }
  void set_before_stop(std::function<void()> hook) { before_stop_ = std::move(hook); }
  // The role of what a descriptor of a process refers to (record::Object).
  using RoleOf = std::function<std::string(const trace::Process&, int fd)>;
  void set_role_of(RoleOf role_of) { role_of_ = std::move(role_of); }
  // The program is a mutant; the arguments are those of Mutants.
  void MakeMutant(record::Mutation mutation, const std::string& language, trace::Tracer& tracer,
                  record::Recording& recording) {
    mutants_.emplace(std::move(mutation), language, tracer, recording);
  }
  // A program that the scenario starts stands before its first instruction until a step waits.
  void LetStand(record::ProcessIndex process) { standing_.insert(process); }
  // The standing ones that no hold keeps; they stand no longer.
  std::vector<record::ProcessIndex> EndStanding();
  bool IsStanding(record::ProcessIndex process) const { return standing_.contains(process); }

  void Add(const spec::Hold& hold);
  // From now on no earlier hold keeps these, those born later too.
  void Release(const spec::WhoList& who);

  void BeforeStop() override;
  bool HoldsAtStart(const trace::Process& process) override;
  bool HoldsBefore(const trace::Process& process, const trace::Entry& entry) override;
  int Refuses(trace::Task& task) override;
  int FailsWith(const trace::Process& process, const trace::Entry& entry) override;
  bool HidesFiles() const override { return !scenario_.hide.empty() || !base_.empty(); }
  bool Hides(const std::string& path) override;
  std::string Instead(const std::string& path) override;
  std::optional<int64_t> Changes(trace::Task& task) override;
  std::optional<int> ToldStatus(const trace::Process& child) override;

 private:
  // What an author's word for calls means.
  struct Calling {
    std::set<int> numbers;
    bool of_threads = true;  // clone(2) that makes a thread is meant too
    bool Includes(const trace::Entry& entry) const;
  };
  static Calling CallingOf(const std::string& word);

  struct Point {  // where a hold keeps a process
    Calling calls;
    bool start = false;
    bool output = false;
  };
  struct ActiveHold {
    spec::WhoList who;
    Point point;
    std::vector<spec::WhoList> released;
  };
  static Point PointOf(const std::string& before);
  bool WritesOnStandardOutput(const trace::Process& process, const trace::Entry& entry) const;
  bool Keeps(const ActiveHold& hold, record::ProcessIndex process) const;

  struct Failure {
    spec::FailCall what;
    Calling calls;
    int seen = 0;
    // Whose vfork(2) failed: CPython's subprocess tries fork(2) then, and it is the same failure.
    std::set<record::ProcessIndex> fall_back = {};
  };

  const spec::Scenario& scenario_;
  const Cast& cast_;
  std::function<void()> before_stop_;
  std::string base_;
  std::string missed_;
  RoleOf role_of_;
  std::optional<Mutants> mutants_;
  std::set<record::ProcessIndex> standing_;
  std::vector<ActiveHold> holds_;
  std::vector<Failure> failures_;
  std::vector<spec::ChangeExit> exits_;
};

}  // namespace plumbline::scenario
