// SPDX-License-Identifier: MIT
// Recordings by hand, for tests of the pure layers: a tiny kernel of descriptor tables,
// dispositions, files and streams that the test moves, and whose state Snapshot() writes down.
// Nothing is run.
//
//   RecordingBuilder b;
//   const auto submission = b.Start("submission", "/usr/bin/python3");
//   const int pipe = b.Pipe(submission, 3, 4, {"main.py", 5, "main"});
//   const auto cat = b.Fork(submission);
//   b.Dup(cat, 4, 1).Close(cat, 3).Close(cat, 4).Exec(cat, "/usr/bin/cat", {"cat", "words"});
//   b.Asleep(cat, "read", 0).Snapshot("running");
//   b.Write(cat, 1, "b\na\n").Exit(cat).Reap(submission, cat).Exit(submission);
//   const record::Recording recording = b.Build();   // takes the snapshot `end` too
//
// Calls that change nothing but the record (Call, Event) are there for the rest. All numbers may be
// impossible ones: tests of broken recordings need them.
#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "record/recording.h"

namespace plumbline::testing {

using record::Location;
using record::ObjectKind;
using record::ProcessIndex;

class RecordingBuilder {
 public:
  RecordingBuilder() {
    recording_.header.exercise = "exercise";
    recording_.header.exercise_hash = std::string(64, 'e');
    recording_.header.artifact_hash = std::string(64, 'a');
    recording_.header.language = "c";
    recording_.header.scenario = "plain";
    recording_.header.isolation = "B";
    recording_.header.version = "0.1.0";
    for (int i = 0; i <= static_cast<int>(record::kLastFacet); ++i) {
      recording_.header.observed.insert(static_cast<record::Facet>(i));
    }
    recording_.outcome = record::Outcome::kExited;
  }

  // --- The run.
  RecordingBuilder& Scenario(std::string name) {
    recording_.header.scenario = std::move(name);
    return *this;
  }
  RecordingBuilder& Language(std::string language) {
    recording_.header.language = std::move(language);
    return *this;
  }
  RecordingBuilder& Observed(std::set<record::Facet> facets) {
    recording_.header.observed = std::move(facets);
    return *this;
  }
  RecordingBuilder& Perturbed(std::string perturbation, uint64_t seed) {
    recording_.header.perturbation = std::move(perturbation);
    recording_.header.seed = seed;
    return *this;
  }
  RecordingBuilder& Outcome(record::Outcome outcome, int status = 0) {
    recording_.outcome = outcome;
    recording_.status = status;
    outcome_given_ = true;
    return *this;
  }
  RecordingBuilder& Stuck(int step, std::string awaited, std::string instead) {
    recording_.stuck = record::Stuck{step, std::move(awaited), std::move(instead)};
    return Outcome(record::Outcome::kStuck);
  }
  RecordingBuilder& Failed(std::string message) {
    recording_.error = Error{std::move(message)};
    return Outcome(record::Outcome::kError);
  }
  RecordingBuilder& Placeholder(const std::string& name, std::string value) {
    recording_.placeholders[name] = std::move(value);
    return *this;
  }
  // Virtual time passes.
  RecordingBuilder& Advance(Duration by) {
    now_ += by;
    return *this;
  }
  RecordingBuilder& Step(int step) { return Event(record::kGrader, record::StepBegan{step}); }

  // --- Processes. The new one is returned; it is born with its parent's descriptors and
  // dispositions. Names a process that the scenario starts, or (`peer`) a peer or a tool.
  ProcessIndex Start(const std::string& as, const std::string& path,
                     std::vector<std::string> argv = {}, bool peer = false,
                     const std::string& program = "") {
    const ProcessIndex child = Born(record::kGrader, record::Born::How::kStarted);
    record::Process& process = recording_.processes.back();
    process.started_as = as;
    process.peer = peer;
    process.program = program;
    Live& live = live_.back();
    live.group = live.session = process.pid.value;
    if (!peer) {
      live.fds[0] = {ObjectOf(ObjectKind::kPipe, "pipe", "stdin"), true, false};
      live.fds[1] = {ObjectOf(ObjectKind::kPipe, "pipe", as + ".stdout"), false, true};
      live.fds[2] = {ObjectOf(ObjectKind::kPipe, "pipe", as + ".stderr"), false, true};
    }
    Exec(child, path, std::move(argv));
    return child;
  }
  ProcessIndex Fork(ProcessIndex parent, record::Born::How how = record::Born::How::kFork) {
    return Born(parent, how);
  }
  // Born of an interpreter for itself (Process::internal).
  ProcessIndex ForkInternal(ProcessIndex parent) {
    const ProcessIndex child = Born(parent, record::Born::How::kFork);
    recording_.processes.back().internal = true;
    return child;
  }
  RecordingBuilder& Thread(ProcessIndex process, int tid) {
    At(process).threads.push_back(
        {.tid = Pid{tid}, .blocked = {}, .blocked_signals = {}, .pending_signals = {}});
    return Event(process, record::ThreadBorn{Pid{tid}});
  }
  RecordingBuilder& Exec(ProcessIndex process, const std::string& path,
                         std::vector<std::string> argv = {},
                         std::vector<std::string> env = {"PATH=/usr/bin:/bin"}, int error = 0) {
    if (argv.empty()) argv = {path.substr(path.rfind('/') + 1)};
    if (error == 0) {
      Live& live = At(process);
      live.path = path;
      std::erase_if(live.fds, [](const auto& entry) { return entry.second.close_on_exec; });
      live.caught.clear();
    }
    return Event(process, record::Executed{path, std::move(argv), std::move(env), error});
  }
  // Ends; a zombie until Reap. Its children are adopted by init.
  RecordingBuilder& Exit(ProcessIndex process, int status = 0, int killed_by = 0) {
    Live& live = At(process);
    live.state = record::ProcessState::kZombie;
    live.fds.clear();
    live.threads.clear();
    Event(process, record::Exited{status, killed_by, false});
    statuses_[process] = killed_by != 0 ? killed_by : status << 8;
    if (IsSubmission(process) && !outcome_given_) {
      recording_.outcome = killed_by != 0 ? record::Outcome::kSignalled : record::Outcome::kExited;
      recording_.status = killed_by != 0 ? killed_by : status;
    }
    for (size_t i = 0; i < live_.size(); ++i) {
      if (live_[i].parent != process || live_[i].gone) continue;
      live_[i].parent = record::kGrader;
      live_[i].gone = live_[i].state == record::ProcessState::kZombie;
      if (!live_[i].gone) Event(static_cast<ProcessIndex>(i), record::Adopted{record::kGrader});
    }
    if (live.parent == record::kGrader) live.gone = true;  // init reaps at once
    return *this;
  }
  RecordingBuilder& Reap(ProcessIndex parent, ProcessIndex child, bool automatic = false) {
    At(child).gone = true;
    return Event(parent, record::Reaped{child, statuses_[child], automatic});
  }
  RecordingBuilder& Stop(ProcessIndex process, int signal) {
    At(process).state = record::ProcessState::kStopped;
    return Event(process, record::Stopped{signal});
  }
  RecordingBuilder& Continue(ProcessIndex process) {
    At(process).state = record::ProcessState::kAsleep;
    return Event(process, record::Continued{});
  }
  RecordingBuilder& State(ProcessIndex process, record::ProcessState state) {
    At(process).state = state;
    return *this;
  }
  // From here on its thread waits in `call` on `fd`, until Awake or an end.
  RecordingBuilder& Asleep(ProcessIndex process, const std::string& call, int fd = -1,
                           std::optional<Location> where = {}, std::vector<uint64_t> args = {}) {
    Live& live = At(process);
    live.state = record::ProcessState::kAsleep;
    const auto it = live.fds.find(fd);
    live.threads.front().blocked =
        record::Blocked{.call = call,
                        .fd = fd,
                        .object = it == live.fds.end() ? 0 : it->second.object,
                        .args = std::move(args),
                        .signals = {},
                        .deadline = {},
                        .where = std::move(where),
                        .awaits = {}};
    return *this;
  }
  // What the call that it waits in is about.
  RecordingBuilder& Awaits(ProcessIndex process, record::Awaited awaited) {
    At(process).threads.front().blocked->awaits = std::move(awaited);
    return *this;
  }
  RecordingBuilder& Awake(ProcessIndex process) {
    At(process).threads.front().blocked.reset();
    return State(process, record::ProcessState::kRunning);
  }
  RecordingBuilder& Group(ProcessIndex process, int group, int session = 0) {
    At(process).group = group;
    if (session != 0) At(process).session = session;
    return *this;
  }
  RecordingBuilder& Terminal(ProcessIndex process, bool has, bool foreground = true) {
    At(process).has_terminal = has;
    At(process).in_foreground = has && foreground;
    return *this;
  }

  // --- Descriptors. Pipe and Socket return the object's number.
  int Pipe(ProcessIndex process, int read_fd, int write_fd, std::optional<Location> where = {},
           bool close_on_exec = false) {
    const int object = NewObject(ObjectKind::kPipe, "pipe");
    Put(process, read_fd, object, true, false, close_on_exec);
    Put(process, write_fd, object, false, true, close_on_exec);
    record::Call call{.name = "pipe2", .family = "pipe"};
    call.made_fd = read_fd;
    call.made_fd2 = write_fd;
    call.made_object = call.made_object2 = object;
    Event(process, std::move(call), std::move(where));
    return object;
  }
  // Opens a file, FIFO, directory or device by its path inside the sandbox ("/lab/words").
  RecordingBuilder& Open(ProcessIndex process, int fd, const std::string& path, bool readable,
                         bool writable, ObjectKind kind = ObjectKind::kFile,
                         std::optional<Location> where = {}) {
    const int object = ObjectOf(kind, path);
    Put(process, fd, object, readable, writable);
    record::Call call{.name = "openat", .family = "open"};
    call.args = {{"path", path},
                 {"flags", readable && writable ? "O_RDWR"
                           : writable           ? "O_WRONLY"
                                                : "O_RDONLY"}};
    call.made_fd = fd;
    call.made_object = object;
    call.result = fd;
    return Event(process, std::move(call), std::move(where));
  }
  // A socket that listens ("127.0.0.1:7", "/lab/S", family "unix").
  int Listen(ProcessIndex process, int fd, const std::string& address,
             const std::string& family = "inet", std::optional<Location> where = {}) {
    const int object = NewObject(ObjectKind::kSocket, "socket");
    Put(process, fd, object, true, true);
    record::Call made{.name = "socket", .family = ""};
    made.made_fd = fd;
    made.made_object = object;
    made.result = fd;
    Event(process, std::move(made), where);
    record::Call bound{.name = "bind", .family = ""};
    bound.args = {{"fd", std::to_string(fd)}, {"addr", address}};
    bound.fd = fd;
    bound.object = object;
    Event(process, std::move(bound), where);
    record::Call listened{.name = "listen", .family = ""};
    listened.fd = fd;
    listened.object = object;
    Event(process, std::move(listened), std::move(where));
    sockets_[object] = {.family = family,
                        .type = "stream",
                        .local = address,
                        .remote = "",
                        .listening = true,
                        .state = "LISTEN"};
    return object;
  }
  // The program's end of a connection, accepted from or connected to the grader (`name`) if there
  // is one.
  int Accept(ProcessIndex process, int listening_fd, int fd, const std::string& name = "") {
    const int object = NewObject(ObjectKind::kSocket, "socket", name);
    Put(process, fd, object, true, true);
    record::Call call{.name = "accept4", .family = "accept"};
    call.fd = listening_fd;
    call.object = At(process).fds[listening_fd].object;
    call.made_fd = fd;
    call.made_object = object;
    call.result = fd;
    Event(process, std::move(call));
    sockets_[object] = {.family = "inet",
                        .type = "stream",
                        .local = "",
                        .remote = "",
                        .listening = false,
                        .state = "ESTABLISHED"};
    return object;
  }
  RecordingBuilder& Socket(int object, record::SocketState state) {
    sockets_[object] = std::move(state);
    return *this;
  }
  RecordingBuilder& Dup(ProcessIndex process, int from, int to,
                        std::optional<Location> where = {}) {
    Live& live = At(process);
    record::Call call{.name = "dup2", .family = ""};
    call.fd = from;
    call.object = live.fds[from].object;
    call.made_fd = to;
    call.made_object = call.object;
    call.result = to;
    live.fds[to] = live.fds[from];
    live.fds[to].close_on_exec = false;
    return Event(process, std::move(call), std::move(where));
  }
  RecordingBuilder& Close(ProcessIndex process, int fd, std::optional<Location> where = {}) {
    record::Call call{.name = "close", .family = ""};
    call.fd = fd;
    call.object = At(process).fds[fd].object;
    At(process).fds.erase(fd);
    return Event(process, std::move(call), std::move(where));
  }
  // An entry of the table that no call explains.
  RecordingBuilder& Descriptor(ProcessIndex process, int fd, record::Descriptor descriptor) {
    At(process).fds[fd] = descriptor;
    return *this;
  }
  int NewObject(ObjectKind kind, std::string name, std::string role = "") {
    recording_.objects.push_back({kind, std::move(name), std::move(role)});
    return static_cast<int>(recording_.objects.size());
  }

  // --- Bytes. Write and Read on a descriptor are Transfer events; Write to one of the grader's
  // streams (standard output, a connection) makes the stream grow too.
  RecordingBuilder& Write(ProcessIndex process, int fd, const std::string& bytes,
                          std::optional<Location> where = {}, uint64_t calls = 1) {
    Moved(process, fd, record::Transfer::Way::kWritten, "write", bytes, calls, 0, std::move(where));
    const record::Object* object = recording_.object(At(process).fds[fd].object);
    if (object == nullptr || object->role.empty()) return *this;
    const bool connection = recording_.connections.contains(object->role);
    return Output(connection ? object->role + ".received" : object->role, bytes);
  }
  RecordingBuilder& Read(ProcessIndex process, int fd, const std::string& bytes,
                         std::optional<Location> where = {}, uint64_t calls = 1) {
    return Moved(process, fd, record::Transfer::Way::kRead, "read", bytes, calls, 0,
                 std::move(where));
  }
  RecordingBuilder& ReadEnd(ProcessIndex process, int fd, std::optional<Location> where = {}) {
    return Moved(process, fd, record::Transfer::Way::kRead, "read", "", 0, 1, std::move(where));
  }
  // A stream that the grader keeps grows.
  RecordingBuilder& Output(const std::string& stream, const std::string& bytes) {
    record::Stream& kept = recording_.streams[stream];
    kept.bytes += bytes;
    kept.total += bytes.size();
    return Event(record::kGrader, record::StreamGrew{stream, kept.total});
  }
  RecordingBuilder& CutStream(const std::string& stream, uint64_t total) {
    recording_.streams[stream].cut = true;
    recording_.streams[stream].total = total;
    return *this;
  }

  // --- Connections of the grader's.
  RecordingBuilder& Connection(const std::string& name,
                               const std::string& client = "127.0.0.1:40000",
                               const std::string& server = "127.0.0.1:7",
                               const std::string& kind = "tcp", const std::string& peer = "") {
    recording_.connections[name] = {name, peer, kind, client, server};
    recording_.streams[name + ".received"];
    ended_[name] = record::Ended::kOpen;
    return *this;
  }
  RecordingBuilder& Ended(const std::string& name, record::Ended how) {
    ended_[name] = how;
    return *this;
  }

  // --- Signals.
  RecordingBuilder& Catch(ProcessIndex process, int signal) {
    At(process).caught.push_back(signal);
    std::erase(At(process).ignored, signal);
    return Disposition(process, signal, "handler");
  }
  RecordingBuilder& Ignore(ProcessIndex process, int signal) {
    At(process).ignored.push_back(signal);
    std::erase(At(process).caught, signal);
    return Disposition(process, signal, "SIG_IGN");
  }
  RecordingBuilder& Block(ProcessIndex process, int signal) {
    At(process).threads.front().blocked_signals.push_back(signal);
    return *this;
  }
  RecordingBuilder& Pending(ProcessIndex process, int signal) {
    At(process).threads.front().pending_signals.push_back(signal);
    return *this;
  }
  RecordingBuilder& SignalSent(ProcessIndex by, ProcessIndex to, int signal,
                               record::SignalSent::Cause cause = record::SignalSent::Cause::kCall,
                               std::optional<Location> where = {}) {
    record::SignalSent sent{.signal = signal, .to = {to}, .cause = cause, .call = "", .error = 0};
    if (cause == record::SignalSent::Cause::kCall) sent.call = "kill";
    return Event(by, std::move(sent), std::move(where));
  }
  RecordingBuilder& Delivered(ProcessIndex process, int signal,
                              record::SignalDelivered::Effect effect,
                              std::optional<ProcessIndex> sender = {},
                              const std::string& during = "") {
    return Event(process, record::SignalDelivered{signal, 0, sender, effect, during});
  }

  // --- Files below the working directory, shared memory, left-overs.
  RecordingBuilder& File(const std::string& path, std::string content, uint32_t mode = 0644,
                         ObjectKind kind = ObjectKind::kFile) {
    const uint64_t size = content.size();
    files_[path] = {.kind = kind,
                    .mode = mode,
                    .size = size,
                    .content = std::move(content),
                    .cut = false,
                    .target = ""};
    return *this;
  }
  RecordingBuilder& RemoveFile(const std::string& path) {
    files_.erase(path);
    return *this;
  }
  RecordingBuilder& Share(ProcessIndex process, int memory, bool writable = true,
                          std::string name = "") {
    At(process).shared.push_back({memory, 4096, 0, writable, std::move(name)});
    return *this;
  }
  RecordingBuilder& MemoryHash(int memory, std::string hash) {
    memory_hashes_[memory] = std::move(hash);
    return *this;
  }
  RecordingBuilder& Ipc(std::string kind, std::string name) {
    ipc_.push_back({std::move(kind), std::move(name)});
    return *this;
  }
  RecordingBuilder& TerminalSettings(std::string settings) {
    terminal_ = std::move(settings);
    return *this;
  }
  RecordingBuilder& Usage(ProcessIndex process, record::Usage usage) {
    usage_[process] = usage;
    return *this;
  }

  // --- The record itself.
  RecordingBuilder& Event(ProcessIndex actor, record::Happening what,
                          std::optional<Location> where = {}) {
    record::Event event;
    event.actor = actor;
    if (actor >= 0 && static_cast<size_t>(actor) < recording_.processes.size()) {
      event.tid = recording_.processes[static_cast<size_t>(actor)].pid;
    }
    event.time = now_;
    event.what = std::move(what);
    event.where = std::move(where);
    recording_.events.push_back(std::move(event));
    return *this;
  }
  // Any call: `b.Call(p, {.name = "sigsuspend", .family = ""})`.
  RecordingBuilder& Call(ProcessIndex process, record::Call call,
                         std::optional<Location> where = {}) {
    return Event(process, std::move(call), std::move(where));
  }
  // Writes down the state of all; `end` comes by itself in Build.
  RecordingBuilder& Snapshot(const std::string& name) {
    record::Snapshot snapshot;
    snapshot.name = name;
    Event(record::kGrader, record::SnapshotTaken{name});
    snapshot.event = static_cast<int>(recording_.events.size());
    snapshot.time = now_;
    for (size_t i = 0; i < live_.size(); ++i) {
      if (!live_[i].gone) snapshot.processes.push_back(StateOf(static_cast<ProcessIndex>(i)));
    }
    snapshot.sockets = sockets_;
    snapshot.connections = ended_;
    for (const auto& [stream, kept] : recording_.streams)
      snapshot.stream_sizes[stream] = kept.total;
    snapshot.files = files_;
    snapshot.files_taken = true;
    snapshot.ipc = ipc_;
    snapshot.terminal = terminal_;
    snapshot.memory_hashes = memory_hashes_;
    if (!usage_.empty()) recording_.machine.usage[name] = usage_;
    recording_.snapshots[name] = std::move(snapshot);
    return *this;
  }

  record::Recording Build() {
    if (!recording_.snapshots.contains("end")) Snapshot("end");
    recording_.virtual_time = now_;
    return recording_;
  }
  // For what no word here says.
  record::Recording& raw() { return recording_; }

 private:
  struct Live {
    std::string path;
    ProcessIndex parent = record::kGrader;
    int group = 0;
    int session = 0;
    bool has_terminal = false;
    bool in_foreground = false;
    bool gone = false;
    record::ProcessState state = record::ProcessState::kRunning;
    std::map<int, record::Descriptor> fds;
    std::vector<int> caught;
    std::vector<int> ignored;
    std::vector<record::Thread> threads;
    std::vector<record::SharedMapping> shared;
  };

  Live& At(ProcessIndex process) { return live_.at(static_cast<size_t>(process)); }
  bool IsSubmission(ProcessIndex process) const {
    return recording_.processes[static_cast<size_t>(process)].started_as == "submission";
  }

  ProcessIndex Born(ProcessIndex parent, record::Born::How how) {
    const auto child = static_cast<ProcessIndex>(recording_.processes.size());
    record::Process process;
    process.pid = Pid{child + 2};  // 1 is init
    process.parent = parent;
    process.parent_pid = Pid{1};
    process.born = static_cast<int>(recording_.events.size());
    Live live;
    if (parent != record::kGrader) {
      const record::Process& mother = recording_.processes[static_cast<size_t>(parent)];
      process.parent_pid = mother.pid;
      process.peer = mother.peer;
      live = At(parent);
      live.state = record::ProcessState::kRunning;
    }
    live.parent = parent;
    const std::vector<int> mask =
        live.threads.empty() ? std::vector<int>{} : live.threads[0].blocked_signals;
    live.threads = {
        {.tid = process.pid, .blocked = {}, .blocked_signals = mask, .pending_signals = {}}};
    recording_.processes.push_back(process);
    recording_.machine.host_pids.push_back(HostPid{40000 + child});
    live_.push_back(std::move(live));
    Event(parent, record::Born{child, how});
    return child;
  }

  void Put(ProcessIndex process, int fd, int object, bool readable, bool writable,
           bool close_on_exec = false) {
    At(process).fds[fd] = {.object = object,
                           .readable = readable,
                           .writable = writable,
                           .append = false,
                           .nonblocking = false,
                           .close_on_exec = close_on_exec,
                           .offset = 0};
  }

  // The object of this name and role, made when first used.
  int ObjectOf(ObjectKind kind, const std::string& name, const std::string& role = "") {
    for (size_t i = 0; i < recording_.objects.size(); ++i) {
      const record::Object& object = recording_.objects[i];
      if (object.kind == kind && object.name == name && object.role == role)
        return static_cast<int>(i) + 1;
    }
    return NewObject(kind, name, role);
  }

  RecordingBuilder& Moved(ProcessIndex process, int fd, record::Transfer::Way way,
                          const std::string& call, const std::string& bytes, uint64_t calls,
                          uint64_t ends, std::optional<Location> where) {
    record::Transfer transfer;
    transfer.fd = fd;
    transfer.object = At(process).fds[fd].object;
    transfer.way = way;
    transfer.call = call;
    transfer.calls = calls;
    transfer.bytes = bytes.size();
    transfer.ends = ends;
    transfer.first = bytes.substr(0, 64);
    return Event(process, std::move(transfer), std::move(where));
  }

  RecordingBuilder& Disposition(ProcessIndex process, int signal, const std::string& action) {
    record::Call call{.name = "rt_sigaction", .family = ""};
    call.args = {{"signum", std::to_string(signal)}, {"act", action}};
    return Event(process, std::move(call));
  }

  record::ProcessStateAt StateOf(ProcessIndex process) {
    const Live& live = At(process);
    record::ProcessStateAt state;
    state.process = process;
    state.parent = live.parent;
    state.group = Pid{live.group};
    state.session = Pid{live.session};
    state.has_terminal = live.has_terminal;
    state.in_foreground = live.in_foreground;
    state.state = live.state;
    state.program = live.path.substr(live.path.rfind('/') + 1);
    state.executable = live.path;
    state.descriptors = live.fds;
    state.caught = live.caught;
    state.ignored = live.ignored;
    state.threads = live.threads;
    state.shared = live.shared;
    return state;
  }

  record::Recording recording_;
  std::vector<Live> live_;
  std::map<ProcessIndex, int> statuses_;
  std::map<int, record::SocketState> sockets_;
  std::map<std::string, record::Ended> ended_;
  std::map<std::string, record::FileState> files_;
  std::vector<record::IpcObject> ipc_;
  std::string terminal_;
  std::map<int, std::string> memory_hashes_;
  std::map<ProcessIndex, record::Usage> usage_;
  Duration now_{};
  bool outcome_given_ = false;
};

}  // namespace plumbline::testing
