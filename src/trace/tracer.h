// SPDX-License-Identifier: MIT
// The tracer: follows every process that a run starts, turns their stops into events, and does what
// its director wishes at each call.
//
// Lives in the supervisor's one thread, which must stay the thread that seized the tasks. It never
// waits by itself: HandleStops() takes what is there, WaitForStop() sleeps until a stop or a tick.
//
//   Tracer tracer(journal, director);
//   TRY(tracer.Adopt(started.host_pid, started.pid, "submission", "", false));
//   TRY(started.Proceed());
//   while (!tracer.AllEnded()) {
//     if (!tracer.HandleStops()) tracer.WaitForStop();
//   }
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/error.h"
#include "trace/decode/table.h"
#include "trace/journal.h"
#include "trace/lateness.h"
#include "trace/process.h"
#include "trace/stops.h"
#include "trace/where/whereabouts.h"
#include "trace/written_pieces.h"

namespace plumbline::sandbox {
class SharedNetwork;
}

namespace plumbline::trace {

class VirtualTime;

// What the scenario wants done to programs while they run. Asked at each stop of its kind.
class Director {
 public:
  virtual ~Director() = default;
  // A stop is about to be told: whatever was written before it can be read now. Not called for
  // stops of which nothing is told, or only that a transfer went on.
  virtual void BeforeStop() {}
  // The program was just replaced, or started: stay before its first instruction?
  virtual bool HoldsAtStart(const Process& process) = 0;
  // About to make this call (never one of the loader's): stay before it? Asked again when a held
  // process comes back to the call after it handled a signal.
  virtual bool HoldsBefore(const Process& process, const Entry& entry) = 0;
  // The call fails with this errno instead of being made; 0: it is made. Asked once a call, also if
  // the kernel takes it up again after a signal.
  virtual int FailsWith(const Process& process, const Entry& entry) = 0;
  // Asked before all other, of the loader's calls too: the call is not to be had in this run, and
  // fails with this errno; 0: it is, perhaps with other arguments (Tracer::ChangeArgument).
  virtual int Refuses(Task&) { return 0; }
  // A program was denied what it would have been given with namespaces.
  virtual void NoteDenied(const std::string&) {}
  // Asked next. A result: the call is left out, as if the program had not made it, and
  // gives that. Nothing: it is made, perhaps with other arguments (Tracer::ChangeArgument).
  virtual std::optional<int64_t> Changes(Task&) { return std::nullopt; }
  // Some file is hidden; otherwise no path is read for it.
  virtual bool HidesFiles() const { return true; }
  // A file of this path does not exist for the program.
  virtual bool Hides(const std::string& path) = 0;
  // Where what the program calls `path` is really; "": there.
  virtual std::string Instead(const std::string&) { return {}; }
  // What the child's parent is told instead (a wait status); nothing: the truth.
  virtual std::optional<int> ToldStatus(const Process& child) = 0;
};

class Tracer {
 public:
  // REQUIRES: before the first stop the recording's header says what is observed.
  Tracer(Journal& journal, Director& director);
  ~Tracer();
  Tracer(const Tracer&) = delete;
  Tracer& operator=(const Tracer&) = delete;

  // The run's network is this part of the machine's: what programs do with addresses is done in
  // their place. REQUIRES: NetworkCalls() stop; nobody is adopted yet; it outlives the tracer.
  void Share(sandbox::SharedNetwork& network) { network_ = &network; }
  const sandbox::SharedNetwork* network() const { return network_; }

  // Takes a started program, which waits at its gate, under trace. `started_as`: "submission", a
  // name of a step or a peer. Its first stop after exec is a start (Director::HoldsAtStart).
  Result<record::ProcessIndex> Adopt(HostPid host, Pid pid, const std::string& started_as,
                                     const std::string& program, bool peer);

  // Handles stops that have been reported by now, one of each task at most; false if there was
  // none.
  bool HandleStops();
  // A task stands before a call that it makes all the time. It goes on when stops are handled
  // again: this is the moment to see whether all others rest.
  bool SomebodyAsks() const { return !asking_.empty(); }
  // Sleeps until a task stops or a signal interrupts (the caller's tick); not at all while somebody
  // asks. Handles nothing.
  void WaitForStop();
  // How many were handled.
  uint64_t stops() const { return stops_; }
  // A stop was reported that has not been handled.
  bool HasStops() const;

  // Of a task that stands before its call, from Director::Changes: it is made with this argument,
  // of which the program knows nothing afterwards.
  static void ChangeArgument(Task& task, int index, uint64_t value);
  // It is made again when it has ended.
  static void MakeAgain(Task& task) { task.once_more = true; }

  // Lets a held process go on.
  void Release(Process& process);
  // A held process with a signal to handle does that first and comes back to where it was held.
  void HandleSignalsOfHeld();
  // The task is held before a call and has a signal that it would do something about.
  bool MustHandleSignal(const Task& task) const;

  // Stops are handled late by chance, and tasks go on late (lateness.h); in turns nothing hangs on
  // that, and they do not.
  void TakeStopsLate() { lateness_.emplace(); }
  Duration napped() const { return lateness_ ? lateness_->napped() : Duration{}; }

  bool AllEnded() const { return alive_ == 0; }
  // In the order of their birth; processes that ended stay.
  const std::deque<Process>& processes() const { return processes_; }
  Process& process(record::ProcessIndex index) { return processes_[static_cast<size_t>(index)]; }
  // By their number inside.
  std::vector<Task*> TasksOf(const Process& process);
  // By host PID.
  const std::map<pid_t, std::unique_ptr<Task>>& tasks() const { return tasks_; }
  // Of a scenario's holds; not before its turn.
  bool IsHeld(const Process& process) const;

  // --- Turns: one task at a time, from before a call of the program's own to before its next one
  // (README.md, "One at a time").

  // `loners_wait`: also who is the only one. REQUIRES: nobody is adopted yet.
  void TakeTurns(bool loners_wait) {
    in_turns_ = true;
    loners_wait_ = loners_wait;
  }
  bool in_turns() const { return in_turns_; }
  // Programs of the student's stand in line also before each instruction that reads or writes
  // memory that others may have too (accesses.cc), as long as the budget of the run lasts.
  // REQUIRES: turns; mmap(2) of shared memory and shmat(2) stop.
  void WatchAccesses() {
    steps_left_ = kMostSteps;
    accesses_left_ = kMostAccesses;
  }
  // In the turn that it is given next it is seen where the student's code decides which way to go,
  // for NoteTested: as far as a program is compiled, and within a budget.
  void FollowTests(Task& task);
  // Of a task that stands before a call: `told` gets where it last did.
  void NoteTested(const Task& task, where::Whereabouts::Told told);
  // It stands before a call until its turn comes, or what it reported is not looked at yet.
  bool StandsInLine(const Task& task) const;
  // Of tasks at rest: the first of those that were woken or born since the last turn goes on to
  // its next call. False: nobody was.
  bool GiveFloor();
  // At the last stop a call was answered and not made: whose it was is in its own code again.
  bool has_answered() const { return has_answered_; }
  // Those before a call, by birth.
  std::vector<Task*> InLine();
  // Its call is made. `signal_first`: what signals it has to handle it handles before, and stands
  // there again.
  void GiveTurn(Task& task, bool signal_first);
  // Its call gives this and is not made.
  void AnswerInstead(Task& task, int64_t result);
  // The call that it stands before asks for so many bytes at most, without knowing it: a read(2), a
  // write(2) or their like. False: it asks for no more, or that cannot be changed.
  static bool MakeShorter(Task& task, uint64_t bytes);
  // Of a run in turns.
  const WrittenPieces& written() const { return written_; }
  // Of pipes that programs make from now on, the room in bytes (fcntl(2), F_SETPIPE_SZ).
  void LimitPipes(int bytes) { pipe_room_ = bytes; }
  uint64_t turns() const { return turns_; }
  // What the clock goes by then, instead of processor time: the same in each run.
  Duration TurnTime() const;

  // Grows whenever something had an effect: a process, a descriptor, bytes; not by a call that
  // failed or only asked.
  uint64_t effects() const { return effects_; }
  void CountEffect() { ++effects_; }
  // A socket of the internet family was made: bytes may be under way.
  bool used_internet() const { return used_internet_; }
  bool used_internet6() const { return used_internet6_; }  // of version 6
  // Some program was about to make a socket, of whatever family.
  bool asked_for_socket() const { return asked_for_socket_; }
  // Somebody may have files in memory (memfd_create(2)), if that call stops.
  bool asked_for_memory_file() const { return asked_for_memory_file_; }
  // The run's time. It passes as its owner wishes.
  VirtualTime& time() { return *time_; }
  // Any child of the tracer's that it does not follow has ended (a sandbox's init).
  const std::vector<HostPid>& strangers_ended() const { return strangers_; }

  // A live thread of the process, through whose /proc entry its descriptors can be read: the first
  // one may have ended.
  HostPid AnyTaskOf(const Process& process);
  // What a descriptor refers to (Recording::objects); 0: it is not open.
  int ObjectAt(const Process& process, int fd);
  bool IsSocket(int object) const;

  // Where the student's source did what was told, for events and snapshots: once, at the end.
  void TellWhere() { whereabouts_.Tell(journal_.recording()); }
  // So that a program that ran before need not be read again; `known` outlives the tracer.
  void Remember(where::KnownFiles& known) { whereabouts_.Remember(known); }
  // Notes where a thread is, for something in the recording whose place that is.
  void NoteWhere(const Task& task, where::Whereabouts::Told told);
  // What it is about to do, or does, without the place.
  static record::Standing StandingOf(const Task& task);
  // Where in the student's source it is about to make its call; nothing: nowhere there.
  std::optional<record::Location> WhereIs(const Task& task);
  // Whether its call is for the sake of Python's tracker of resources (where/python.h).
  bool KeepsTrack(const Task& task) { return whereabouts_.KeepsTrack(task); }
  // Whether it made that object in the very call of its source that it is still in, as
  // getaddrinfo(3) makes sockets that the program never sees.
  bool IsOfThisCall(const Task& task, int object);
  // Who makes one more thread or process than so many at once, zombies included, is told EAGAIN.
  // For a world in which the kernel counts all that the account has (rung C).
  void LimitTasks(int most) { most_tasks_ = most; }
  // From now on no event says where.
  void LeaveOutWhere() { tells_where_ = false; }
  // Notes where a thread waits in this call, of a snapshot that is about to be kept.
  void NoteBlocked(const std::string& snapshot, const Task& task, const Entry& entry);

  // A signal that a step sends. The journal gets it before any delivery. Fails if the process has
  // ended.
  Status Signal(Process& process, int signal);

  // Processor time of all processes, the ended ones included, from where their programs began.
  Duration ProcessorTime() const;
  // Of all tasks that live, how long they could have gone on and no processor was free.
  Duration WaitedForProcessors() const;
  static Duration ProcessorTimeOf(const Process& process);
  // System calls at which it looked so far, of all processes.
  uint64_t calls() const { return calls_; }
  // Instructions that were looked at one by one (WatchAccesses).
  uint64_t steps() const { return steps_; }

 private:
  struct Report {
    HostPid host;
    int status = 0;  // as wait(2) gives it
  };
  // Takes one report of the kernel; false if there is none.
  bool Collect(int options);
  void BeLate();
  // signals.cc: a signal of one process for another arrives when its sender has come to its next
  // call, waits, or has computed for a while. Until then its receiver stays where it is.
  struct Early {
    Report report;
    HostPid sender;
    Duration processor{};  // its sender's, then
  };
  bool ComesEarly(const Report& report);  // and is kept
  bool StaysEarly(const Early& early);
  bool HandleEarlySignals();  // those whose time has come; false: none's has
  void Handle(const Report& report);
  // Writes an event, and has read before what was written before.
  int Tell(record::ProcessIndex actor, Pid tid, record::Happening what,
           where::Trail trail = where::kNoTrail);
  // What the task itself does, and where.
  int TellOf(const Task& task, record::Happening what);
  where::Trail TrailOf(const Task& task);
  bool TellsWhere() const { return tells_where_ && !journal_.full(); }
  void TellTransferOf(const Task& task, const record::Transfer& transfer);
  void BeforeTelling();
  void HandleUnknown(const Report& report);

  // turns.cc
  bool HandleStopsInTurn();
  bool TakesTurn(Task& task);
  bool IsPrivate(const Task& task, const decode::Row& row);
  void StandInLine(Task& task);
  bool HasReportOf(pid_t host) const;
  bool HasEndOf(pid_t host) const;
  bool GoesOnBefore(const Task& a, const Task& b) const;
  bool AnswerRandom(Task& task);
  void NoteStream(const Task& task, const record::Call& call);
  void LimitPipe(const Task& task, int fd) const;

  void On(Task& task, const Ended& stop, const Report& report);
  void On(Task& task, const CallEnd& stop, const Report& report);
  void On(Task& task, const CallBegin& stop, const Report& report);
  void On(Task& task, const SignalArrives& stop, const Report& report);
  void On(Task& task, const GroupStop& stop, const Report& report);
  void On(Task& task, const Trapped& stop, const Report& report);
  void On(Task& task, const ChildMade& stop, const Report& report);
  void On(Task& task, const ProgramReplaced& stop, const Report& report);
  void GoOn(Task& task, int signal = 0);
  void LetGo(const Task& task, Until until, int signal = 0);
  void GoOnToCallEnd(Task& task);
  bool NeedsLateFilter(const Task& task) const;
  bool PutLateFilter(Task& task);

  // tasks.cc: who is who.
  Task* Find(HostPid host);
  Task& AddTask(HostPid host, Pid tid, Process& process);
  void Forget(const Task& task);
  void ForgetOthers(const Process& process, const Task* but);
  Process& AddProcess(HostPid host, Pid pid, record::ProcessIndex parent);
  Process* ByHost(HostPid host);
  Process* ByPid(Pid pid);
  Process* ByTid(Pid tid);

  // lives.cc: births, programs, ends.
  void AddThread(Task& maker, HostPid host);
  Process& AddChild(Process& parent, Pid tid, HostPid host, record::Born::How how,
                    where::Trail trail);
  void NumberChild(Task& maker, int64_t result);
  void HandleEarly(HostPid host);
  void AdoptStrays(Process& maker);
  bool OpenAgain(Task& task);
  void TellProgram(Task& task);
  void NoteProcessorTime(Process& process);
  void ProcessEnded(Process& process, const Ended& stop, const Report& report);
  void TellEnd(Process& process, const Ended& stop);
  void GiveAway(record::ProcessIndex child);
  bool IsFull() const;
  void HoldHere(Task& task, bool at_call);
  void LetAskersGoOn();

  // calls.cc: from the entry of a call to its telling.
  bool IsOfLoader(const Task& task) const;
  bool StandsForALook(Task& task);
  std::optional<CutCall> TakeUpAgain(Task& task);
  void AnswerCall(Task& task, const decode::Row* row, int64_t result);
  void AnswerInPlace(Task& task, const decode::Row* row, int64_t result);
  static void PutBack(Task& task);
  void LeaveOut(Task& task, int64_t result);
  bool Tells(const decode::Row* row) const;
  void EnterCall(Task& task);
  bool MapsLibraries(const Task& task) const;
  bool ClosesForSure(const Task& task);
  int ErrorInstead(Task& task);
  int LeadPaths(Task& task);
  void AtExecEntry(Task& task);
  void TellCall(Task& task, const decode::Row& row, int64_t result);
  void TellPlainCall(Task& task, const decode::Row& row, int64_t result);
  bool ShutsDownAgain(const Task& task, const record::Call& call);
  bool IsOwnAffair(const decode::Row& row, const record::Call& call) const;
  void TellFailedExec(Task& task, int64_t result);
  bool SignalsOwn(const Task& task) const;

  // network_calls.cc: in a program's place, where the network is shared.
  bool OnlyAsksForName(const Task& task) const;
  std::optional<int64_t> DoInItsPlace(Task& task);
  static void AwaitConnection(Task& task);
  static int64_t AtConnectionsEnd(Task& task, int64_t result);
  void TellNamedPort(const Task& task);
  int64_t AtNetworkCallEnd(Task& task, int64_t result);

  // unix_calls.cc: of sockets that are files, there too.
  std::optional<int64_t> DoAtUnixSocket(Task& task);
  std::optional<int64_t> BindUnix(Task& task, const std::string& path);
  std::optional<int64_t> ConnectUnix(Task& task, const std::string& path);
  int64_t MissUnix(const std::string& thing, int error);
  void AtUnixConnectEnd(Task& task, int64_t result);
  void NoteUnixOtherEnd(int socket, bool accepted);
  bool IsOfRun(HostPid host) const;
  void TellNamedPath(const Task& task, int socket, bool other);

  // address_page.cc: where the address of such a call stands.
  bool LacksAddressPage(const Task& task) const;
  void MakeAddressPage(Task& task);
  void AtSealCall(Task& task, const Entry& entry);
  bool GoesOnWithAddressPage(Task& task);
  void EndAddressPage(Task& task, bool made);
  bool LeadAddress(Task& task, const std::string& path);

  // signals.cc: sent, delivered, stopping.
  std::vector<record::ProcessIndex> Targets(const Process& sender, int64_t pid);
  void AtKillEntry(Task& task);
  void TellSent(Task& task, int64_t result);
  static bool SetsActionForSure(const Task& task);
  // The call ended with a signal that would not have been there but for us.
  static bool TookWhatIsDiscarded(const Task& task, int64_t result);
  where::Trail TrailOfSignal(const Task& task, bool crashes);
  void NoteAction(Task& task);
  void NoteSender(const Task& task, const siginfo_t& info, record::SignalDelivered& delivered);
  bool NoteCut(Task& task);
  void DecideCut(Task& task, const SignalAction& action, bool handled);
  void TellAwaitedSignal(Task& task, int64_t result);
  void Continued(Process& process);

  // handlers.cc: what handlers do that may come at any instant.
  bool WatchesHandlers() const;
  void BeginHandler(Task& task, const SignalAction& action, int signal);
  void EndHandler(Task& task);
  std::optional<int> ErrnoOf(const Task& task);
  void SetBreakpoints(Task& task);
  // The stop was a breakpoint's, and the task goes on.
  bool WasBreakpoint(Task& task, const SignalArrives& stop);
  bool EndsStep(Task& task, const Stop& stop);
  void TellUnsafe(Task& task, uint64_t address);
  void TellUnsafeOfCall(Task& task);
  void TellUnsafe(Task& task, HandlerRun& run, const std::string& function, where::Trail trail);
  void CopyHandlers(const Task& maker, Process& child, bool shares_memory);

  // accesses.cc: shared memory.
  bool WatchesAccesses(const Task& task) const;
  bool GoesByInstructions(const Task& task) const;
  void NoteMapping(Task& task, int64_t result);
  bool IsShared(Task& task, const MemoryAccess& access);
  bool StepOne(Task& task, int signal = 0);
  bool ReturnsToStudent(Task& task);
  bool StandsAtAccess(Task& task, const std::string& code, const user_regs_struct& registers);
  static std::string CodeAt(const Task& task, uint64_t address);
  static void LeaveForCall(Task& task, uint64_t at);
  void GoOnWatched(Task& task);
  void GoOnAtAccess(Task& task);
  void GoOnInHandler(Task& task, int signal);
  bool WasReturn(Task& task, uint64_t address);

  // waits.cc: what wait(2) gave.
  Process* EndedChild(const Process& parent, Pid pid);
  void TellWait(Task& task, int64_t result);
  void TellWait4(Task& task, Pid pid);
  void TellWaitid(Task& task);
  void Reap(Task& task, Process& child, int wait_status);
  void ReapVanished(Task& task);

  // descriptors.cc: what calls do to descriptors and what passes through them.
  bool FollowsDescriptors() const;
  int ObjectOf(const Process& process, HostPid reader, int fd);
  void NoteMade(Task& task, const decode::Row& row, int fd, int& object);
  void NoteCopied(Process& process, record::Call& call);
  void NoteClosed(Process& process, const Task& task, const record::Call& call);
  void ForgetClosedByExec(Process& process);
  void NoteDescriptors(Task& task, const decode::Row& row, record::Call& call, int64_t result);
  void TellTransfer(Task& task, const decode::Row& row, int64_t result);

  Journal& journal_;
  Director& director_;
  where::Whereabouts whereabouts_;
  bool tells_where_ = true;
  int most_tasks_ = 0;  // 0: the kernel sees to it
  std::deque<Process> processes_;
  std::map<pid_t, std::unique_ptr<Task>> tasks_;
  std::deque<Report> reports_;               // taken, to be handled
  std::unordered_map<pid_t, Report> early_;  // of children whose parent has not told yet
  std::vector<Early> early_signals_;         // taken, and not yet to be handled
  std::vector<HostPid> asking_;              // Task::State::kAsking
  std::vector<HostPid> strangers_;
  Duration processor_of_ended_{};
  // What the grader's own way to the programs took: none of it is theirs.
  Duration processor_of_start_{};
  bool told_before_ = false;  // Director::BeforeStop was called at this stop
  int taken_alone_ = 0;       // reports since all that were there were taken
  int alive_ = 0;
  bool in_turns_ = false;
  bool loners_wait_ = false;
  // Instructions of a run that are looked at one by one, and how many of them others may precede.
  static constexpr int kMostSteps = 20'000;
  static constexpr int kMostAccesses = 1000;
  int steps_left_ = 0;
  uint64_t steps_ = 0;  // that were done
  int accesses_left_ = 0;
  // Those that are looked at for their tests alone: of a run, and of a turn.
  static constexpr int kMostFollowed = 3000;
  static constexpr int kMostFollowedInTurn = 1000;
  int follows_left_ = kMostFollowed;
  bool has_answered_ = false;
  pid_t floor_ = 0;  // of turns: who goes on now, by host PID
  uint64_t turns_ = 0;
  uint64_t calls_ = 0;  // that stopped
  int started_ = 0;     // by the grader
  std::minstd_rand random_;
  std::optional<Lateness> lateness_;
  int pipe_room_ = 0;                             // 0: as the kernel makes them
  WrittenPieces written_;                         // in a run in turns
  std::set<std::pair<int, uint64_t>> shut_down_;  // sockets by object, and how
  uint64_t stops_ = 0;
  uint64_t effects_ = 0;
  uint64_t own_effects_ = 0;  // of these: on a task's own descriptors, and none but its own
  bool used_internet_ = false;
  bool used_internet6_ = false;
  bool asked_for_socket_ = false;
  bool asked_for_memory_file_ = false;
  sandbox::SharedNetwork* network_ = nullptr;  // where it is shared
  std::unique_ptr<VirtualTime> time_;
};

// The calls that have to stop in a run that shares the machine's network.
std::vector<int> NetworkCalls();

}  // namespace plumbline::trace
