// SPDX-License-Identifier: MIT
// The tracer: follows every process that a run starts, turns their stops into events, and does what
// its director wishes at each call.
//
// Lives in the supervisor's one thread, which must stay the thread that seized the tasks. It never
// waits by itself: HandleStops() takes what is there, WaitForStop() sleeps until a stop or a tick.
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/error.h"
#include "trace/decode/table.h"
#include "trace/journal.h"
#include "trace/process.h"
#include "trace/stops.h"

namespace plumbline::trace {

// What the scenario wants done to programs while they run. Asked at each stop of its kind.
class Director {
 public:
  virtual ~Director() = default;
  // A stop is about to be handled: whatever was written before it can be read now.
  virtual void BeforeStop() {}
  // The program was just replaced, or started: stay before its first instruction?
  virtual bool HoldsAtStart(const Process& process) = 0;
  // About to make this call (never one of the loader's): stay before it?
  virtual bool HoldsBefore(const Process& process, const Entry& entry) = 0;
  // The call fails with this errno instead of being made; 0: it is made.
  virtual int FailsWith(const Process& process, const Entry& entry) = 0;
  // A file of this path does not exist for the program.
  virtual bool Hides(const std::string& path) = 0;
  // What the child's parent is told instead (a wait status); nothing: the truth.
  virtual std::optional<int> ToldStatus(const Process& child) = 0;
};

class Tracer {
 public:
  Tracer(Journal& journal, Director& director) : journal_(journal), director_(director) {}
  Tracer(const Tracer&) = delete;
  Tracer& operator=(const Tracer&) = delete;

  // Takes a started program, which waits at its gate, under trace. `started_as`: "submission", a name of
  // a step or a peer. Its first stop after exec is a start (Director::HoldsAtStart).
  Result<record::ProcessIndex> Adopt(HostPid host, Pid pid, const std::string& started_as,
                                     const std::string& program, bool peer);

  // Handles every stop that has been reported by now; false if there was none.
  bool HandleStops();
  // Sleeps until a task stops or a signal interrupts (the caller's tick). Handles nothing.
  void WaitForStop();

  // Lets a held process go on.
  void Release(Process& process);
  // A held process with a signal to handle does that first and comes back to where it was held.
  void HandleSignalsOfHeld();

  bool AllEnded() const { return alive_ == 0; }
  // In the order of their birth; processes that ended stay.
  const std::deque<Process>& processes() const { return processes_; }
  Process& process(record::ProcessIndex index) { return processes_[static_cast<size_t>(index)]; }
  std::vector<Task*> TasksOf(const Process& process);
  const std::unordered_map<pid_t, std::unique_ptr<Task>>& tasks() const { return tasks_; }
  bool IsHeld(const Process& process) const;

  // Grows whenever something had an effect: a process, a descriptor, bytes; not by a call that failed
  // or only asked.
  uint64_t effects() const { return effects_; }
  void CountEffect() { ++effects_; }
  // A socket of the internet family was made: bytes may be under way.
  bool used_internet() const { return used_internet_; }
  // Any child of the tracer's that it does not follow has ended (a sandbox's init).
  const std::vector<HostPid>& strangers_ended() const { return strangers_; }

  // A signal that a step sends. The journal gets it before any delivery.
  Status Signal(Process& process, int signal);

  // Processor time of all processes, the ended ones included.
  Duration ProcessorTime() const;
  static Duration ProcessorTimeOf(const Process& process);

 private:
  void Handle(HostPid host, int status);
  void On(Task& task, const Ended& stop, int status);
  void On(Task& task, const CallEnd& stop, int status);
  void On(Task& task, const CallBegin& stop, int status);
  void On(Task& task, const SignalArrives& stop, int status);
  void On(Task& task, const GroupStop& stop, int status);
  void On(Task& task, const Trapped& stop, int status);
  void On(Task& task, const ChildMade& stop, int status);
  void On(Task& task, const ProgramReplaced& stop, int status);

  Task* Find(HostPid host);
  Task& AddTask(HostPid host, Pid tid, Process& process);
  Process& AddProcess(HostPid host, Pid pid, record::ProcessIndex parent);
  Process* ByPid(Pid pid);
  Process* ByTid(Pid tid);
  void GoOn(Task& task, int signal = 0);
  void EnterCall(Task& task);
  void AtExecEntry(Task& task);
  void AtKillEntry(Task& task);
  void TellCall(Task& task, int64_t result);
  void TellTransfer(Task& task, const decode::Row& row, int64_t result);
  void TellWait(Task& task, int64_t result);
  void NoteAction(Task& task);
  void NoteDescriptors(Task& task, const decode::Row& row, record::Call& call, int64_t result);
  void TellInterrupted(Task& task, int64_t result);
  int ObjectOf(const Process& process, HostPid task, int fd);
  void HoldHere(Task& task, bool at_call);
  void Continued(Process& process);
  void ProcessEnded(Process& process, const Ended& stop, int status);
  record::SignalDelivered::Effect EffectOf(const Process& process, int signal) const;
  std::vector<record::ProcessIndex> Targets(const Process& sender, int64_t pid);

  Journal& journal_;
  Director& director_;
  std::deque<Process> processes_;
  std::unordered_map<pid_t, std::unique_ptr<Task>> tasks_;
  std::unordered_map<pid_t, int> early_;  // first stops of children whose parent has not told yet
  std::vector<HostPid> strangers_;
  int alive_ = 0;
  uint64_t effects_ = 0;
  bool used_internet_ = false;
};

}  // namespace plumbline::trace
