// SPDX-License-Identifier: MIT
// Recording <-> document. Each Describe function names the members of one type, for both ways.
#include <algorithm>

#include "base/text.h"
#include "record/document.h"
#include "record/recording.h"

namespace plumbline::record {

// Not in an unnamed namespace: argument-dependent lookup must find every Describe from the lambdas.

constexpr const char* kFormat = "plumbline/recording/1";
constexpr Bounds kAnyInteger{std::numeric_limits<int64_t>::min()};
constexpr Bounds kDescriptorNumber{-1, 1 << 20};
constexpr Bounds kSignalNumber{1, 64};
constexpr Bounds kSignalOrNone{0, 64};
// What a program asked for: 0 asks only whether the process is there, others may not exist
// (kill(2)).
constexpr Bounds kSignalAskedFor{std::numeric_limits<int32_t>::min(),
                                 std::numeric_limits<int32_t>::max()};
constexpr Bounds kExitStatus{0, 255};

constexpr EnumWord<Born::How> kHows[] = {{Born::How::kStarted, "started"},
                                         {Born::How::kFork, "fork"},
                                         {Born::How::kVfork, "vfork"},
                                         {Born::How::kClone, "clone"}};
constexpr EnumWord<SignalSent::Cause> kCauses[] = {{SignalSent::Cause::kCall, "call"},
                                                   {SignalSent::Cause::kStep, "step"},
                                                   {SignalSent::Cause::kKey, "key"},
                                                   {SignalSent::Cause::kTimer, "timer"},
                                                   {SignalSent::Cause::kKernel, "kernel"}};
constexpr EnumWord<SignalDelivered::Effect> kEffects[] = {
    {SignalDelivered::Effect::kHandled, "handled"},
    {SignalDelivered::Effect::kIgnored, "ignored"},
    {SignalDelivered::Effect::kTerminated, "terminated"},
    {SignalDelivered::Effect::kStopped, "stopped"},
    {SignalDelivered::Effect::kContinued, "continued"}};
constexpr EnumWord<Transfer::Way> kWays[] = {{Transfer::Way::kRead, "read"},
                                             {Transfer::Way::kWritten, "written"}};
constexpr EnumWord<ObjectKind> kObjectKinds[] = {
    {ObjectKind::kFile, "file"},     {ObjectKind::kDirectory, "directory"},
    {ObjectKind::kPipe, "pipe"},     {ObjectKind::kFifo, "fifo"},
    {ObjectKind::kSocket, "socket"}, {ObjectKind::kTerminal, "terminal"},
    {ObjectKind::kNull, "null"},     {ObjectKind::kDevice, "device"},
    {ObjectKind::kOther, "other"}};
constexpr EnumWord<ProcessState> kStates[] = {{ProcessState::kRunning, "running"},
                                              {ProcessState::kAsleep, "asleep"},
                                              {ProcessState::kStopped, "stopped"},
                                              {ProcessState::kZombie, "zombie"},
                                              {ProcessState::kHeld, "held"}};
constexpr EnumWord<Thing> kThings[] = {{Thing::kFifo, "fifo"},
                                       {Thing::kAddress, "address"},
                                       {Thing::kMutex, "mutex"},
                                       {Thing::kCondition, "condition"},
                                       {Thing::kSemaphore, "semaphore"},
                                       {Thing::kThread, "thread"},
                                       {Thing::kFutex, "futex"},
                                       {Thing::kSemaphoreSet, "semaphore-set"},
                                       {Thing::kMessageQueue, "message-queue"},
                                       {Thing::kFileLock, "file-lock"},
                                       {Thing::kDescriptors, "descriptors"}};
constexpr EnumWord<Ended> kEndings[] = {{Ended::kOpen, "open"},
                                        {Ended::kHalfClosed, "half-closed"},
                                        {Ended::kClosed, "closed"},
                                        {Ended::kReset, "reset"}};

// --- Events.

template <typename A>
static void Describe(A& a, Value<A, Location> v) {
  a.Text("file", v.file);
  a.Number("line", v.line);
  a.Text("function", v.function);
}

template <typename A>
static void Describe(A& a, Value<A, Born> v) {
  a.Index("child", v.child);
  a.Word("how", v.how, kHows);
}
template <typename A>
static void Describe(A& a, Value<A, ThreadBorn> v) {
  a.Process("thread", v.tid);
}
template <typename A>
static void Describe(A& a, Value<A, Executed> v) {
  a.Text("path", v.path);
  a.Texts("argv", v.argv);
  a.Texts("env", v.env);
  a.Number("error", v.error);
}
template <typename A>
static void Describe(A& a, Value<A, Exited> v) {
  a.Number("status", v.status, kExitStatus);
  a.Number("killed_by", v.killed_by, kSignalOrNone);
  a.Flag("core", v.core);
  a.List("stack", v.stack, [](auto& each, auto& call) { Describe(each, call); });
  a.Text("address", v.address);
}
template <typename A>
static void Describe(A& a, Value<A, Reaped> v) {
  a.Index("child", v.child);
  a.Number("wait_status", v.wait_status, kAnyInteger);
  a.Flag("automatic", v.automatic);
}
template <typename A>
static void Describe(A& a, Value<A, Adopted> v) {
  a.Index("parent", v.by);
}
template <typename A>
static void Describe(A& a, Value<A, Stopped> v) {
  a.Number("signal", v.signal, kSignalOrNone);
}
template <typename A>
static void Describe(A&, Value<A, Continued>) {}
template <typename A>
static void Describe(A& a, Value<A, SignalSent> v) {
  a.Number("signal", v.signal, kSignalAskedFor);
  a.Indices("to", v.to);
  a.Word("cause", v.cause, kCauses);
  a.Text("call", v.call);
  a.Number("error", v.error);
}
template <typename A>
static void Describe(A& a, Value<A, SignalDelivered> v) {
  a.Number("signal", v.signal, kSignalOrNone);
  a.Number("code", v.code, kAnyInteger);
  a.MaybeIndex("sender", v.sender);
  a.Word("effect", v.effect, kEffects);
  a.Text("during", v.during);
}
template <typename A>
static void Describe(A& a, Value<A, Call> v) {
  a.Text("name", v.name);
  a.Text("family", v.family);
  a.Pairs("args", v.args);
  a.Number("fd", v.fd, kDescriptorNumber, -1);
  a.Object("object", v.object);
  a.Number("made_fd", v.made_fd, kDescriptorNumber, -1);
  a.Number("made_fd2", v.made_fd2, kDescriptorNumber, -1);
  a.Object("made_object", v.made_object);
  a.Object("made_object2", v.made_object2);
  a.Number("result", v.result, kAnyInteger);
  a.Number("error", v.error);
  a.Flag("restarted", v.restarted);
}
template <typename A>
static void Describe(A& a, Value<A, Transfer> v) {
  a.Number("fd", v.fd, kDescriptorNumber);
  a.Object("object", v.object);
  a.Word("way", v.way, kWays);
  a.Text("call", v.call);
  a.Number("calls", v.calls);
  a.Number("bytes", v.bytes);
  a.Number("ends", v.ends);
  a.Text("first", v.first);
}
template <typename A>
static void Describe(A& a, Value<A, StreamGrew> v) {
  a.Text("stream", v.stream);
  a.Number("size", v.size);
}
template <typename A>
static void Describe(A& a, Value<A, StepBegan> v) {
  a.Number("step", v.step);
}
template <typename A>
static void Describe(A& a, Value<A, SnapshotTaken> v) {
  a.Text("snapshot", v.name);
}
template <typename A>
static void Describe(A& a, Value<A, Cut> v) {
  a.Text("why", v.why);
}

template <typename A>
static void Describe(A& a, Value<A, UnsafeCalled> v) {
  a.Number("signal", v.signal, kSignalOrNone);
  a.Text("function", v.function);
}
template <typename A>
static void Describe(A& a, Value<A, ErrnoChanged> v) {
  a.Number("signal", v.signal, kSignalOrNone);
  a.Number("before", v.before, kAnyInteger);
  a.Number("after", v.after, kAnyInteger);
}

// By the variant's index.
constexpr const char* kKinds[] = {"born",    "thread-born",   "executed",     "exited", "reaped",
                                  "adopted", "stopped",       "continued",    "sent",   "delivered",
                                  "call",    "transfer",      "grew",         "step",   "snapshot",
                                  "cut",     "unsafe-called", "errno-changed"};
static_assert(std::size(kKinds) == std::variant_size_v<Happening>);

template <size_t i = 0>
static void MakeKind(std::string_view word, Happening& what, bool& known) {
  if constexpr (i < std::variant_size_v<Happening>) {
    if (word != kKinds[i]) return MakeKind<i + 1>(word, what, known);
    what.emplace<i>();
    known = true;
  }
}

static void DescribeWhat(Writer& a, const Happening& what) {
  static const std::string* const kWords = [] {
    static std::string words[std::size(kKinds)];
    std::ranges::copy(kKinds, words);
    return words;
  }();
  a.Text("kind", kWords[what.index()]);
  std::visit([&](const auto& v) { Describe(a, v); }, what);
}
static void DescribeWhat(Reader& a, Happening& what) {
  const std::string word = a.RequiredWord("kind");
  bool known = false;
  MakeKind(word, what, known);
  if (!known) return a.Refuse("kind", "'" + word + "' is no kind of event");
  std::visit([&](auto& v) { Describe(a, v); }, what);
}

constexpr auto kDescribe = [](auto& a, auto& v) { Describe(a, v); };

template <typename A>
static void Describe(A& a, Value<A, Event> v) {
  a.Index("by", v.actor);
  a.Process("tid", v.tid);
  a.Time("time", v.time);
  DescribeWhat(a, v.what);
  a.Maybe("where", v.where, kDescribe);
}

// --- Snapshots.

template <typename A>
static void Describe(A& a, Value<A, Descriptor> v) {
  a.Object("object", v.object);
  a.Flag("readable", v.readable);
  a.Flag("writable", v.writable);
  a.Flag("append", v.append);
  a.Flag("nonblocking", v.nonblocking);
  a.Flag("close_on_exec", v.close_on_exec);
  a.Number("offset", v.offset, kAnyInteger);
}

template <typename A>
static void Describe(A& a, Value<A, HeldBy> v) {
  a.Index("process", v.process);
  a.Process("tid", v.tid);
}

template <typename A>
static void Describe(A& a, Value<A, Asked> v) {
  a.Number("fd", v.fd, kDescriptorNumber, -1);
  a.Object("object", v.object);
  a.Flag("reads", v.reads);
  a.Flag("writes", v.writes);
}

template <typename A>
static void Describe(A& a, Value<A, Awaited> v) {
  a.Word("thing", v.thing, kThings);
  a.Text("name", v.name);
  a.Number("number", v.number);
  a.Flag("writes", v.writes);
  a.Number("memory", v.memory);
  a.Number("offset", v.offset);
  a.List("by", v.by, kDescribe);
  a.List("asked", v.asked, kDescribe);
}

// The raw arguments hold addresses, which differ from run to run: they go into the machine half.
template <typename A>
static void Describe(A& a, Value<A, Blocked> v) {
  a.Text("call", v.call);
  a.Number("fd", v.fd, kDescriptorNumber, -1);
  a.Object("object", v.object);
  a.Numbers("signals", v.signals, kSignalNumber);
  a.MaybeTime("deadline", v.deadline);
  a.Maybe("where", v.where, kDescribe);
  a.Maybe("awaits", v.awaits, kDescribe);
}

template <typename A>
static void Describe(A& a, Value<A, Thread> v) {
  a.Process("tid", v.tid);
  a.Maybe("blocked", v.blocked, kDescribe);
  a.Numbers("blocked_signals", v.blocked_signals, kSignalNumber);
  a.Numbers("pending_signals", v.pending_signals, kSignalNumber);
}

template <typename A>
static void Describe(A& a, Value<A, SharedMapping> v) {
  a.Number("memory", v.memory);
  a.Number("length", v.length);
  a.Number("offset", v.offset);
  a.Flag("writable", v.writable);
  a.Text("name", v.name);
}

template <typename A>
static void Describe(A& a, Value<A, ProcessStateAt> v) {
  a.Index("process", v.process);
  a.Index("parent", v.parent);
  a.Process("group", v.group);
  a.Process("session", v.session);
  a.Flag("has_terminal", v.has_terminal);
  a.Flag("in_foreground", v.in_foreground);
  a.Word("state", v.state, kStates);
  a.Text("program", v.program);
  a.Text("executable", v.executable);
  a.Keyed("descriptors", v.descriptors, [](auto& inner, auto& fd, auto& descriptor) {
    inner.Number("fd", fd, {0, 1 << 20}, -1);
    Describe(inner, descriptor);
  });
  a.Numbers("caught", v.caught, kSignalNumber);
  a.Numbers("ignored", v.ignored, kSignalNumber);
  a.List("threads", v.threads, kDescribe);
  a.List("shared", v.shared, kDescribe);
}

template <typename A>
static void Describe(A& a, Value<A, SocketState> v) {
  a.Text("family", v.family);
  a.Text("type", v.type);
  a.Text("local", v.local);
  a.Text("remote", v.remote);
  a.Flag("listening", v.listening);
  a.Text("state", v.state);
  a.Number("unread", v.unread);
  a.Number("unsent", v.unsent);
}

template <typename A>
static void Describe(A& a, Value<A, FileState> v) {
  a.Word("kind", v.kind, kObjectKinds);
  a.Number("mode", v.mode);
  a.Number("size", v.size);
  a.Text("content", v.content);
  a.Flag("cut", v.cut);
  a.Text("target", v.target);
}

template <typename A>
static void Describe(A& a, Value<A, IpcObject> v) {
  a.Text("kind", v.kind);
  a.Text("name", v.name);
}

template <typename A>
static void Describe(A& a, Value<A, Snapshot> v) {
  a.Number("event", v.event);
  a.Time("time", v.time);
  a.List("processes", v.processes, kDescribe);
  a.Keyed("sockets", v.sockets, [](auto& inner, auto& object, auto& socket) {
    inner.Object("object", object);
    Describe(inner, socket);
  });
  a.Named("connections", v.connections,
          [](auto& inner, auto& ended) { inner.Word("ended", ended, kEndings); });
  a.Named("stream_sizes", v.stream_sizes,
          [](auto& inner, auto& size) { inner.Number("size", size); });
  a.Keyed("files", v.files, [](auto& inner, auto& path, auto& file) {
    inner.Text("path", path);
    Describe(inner, file);
  });
  a.Flag("files_taken", v.files_taken);
  a.Flag("files_cut", v.files_cut);
  a.List("ipc", v.ipc, kDescribe);
  a.Text("terminal", v.terminal);
  a.Keyed("memory_hashes", v.memory_hashes, [](auto& inner, auto& memory, auto& hash) {
    inner.Number("memory", memory);
    inner.Text("hash", hash);
  });
}

// --- The recording.

static void DescribeFacets(Writer& a, const std::set<Facet>& facets) {
  std::vector<std::string> words;
  for (const Facet facet : facets) words.emplace_back(ToString(facet));
  a.Texts("observed", words);
}
static void DescribeFacets(Reader& a, std::set<Facet>& facets) {
  std::vector<std::string> words;
  a.Texts("observed", words);
  for (const std::string& word : words) {
    const auto facet = FacetNamed(word);
    if (!facet) return a.Refuse("observed", "'" + Escaped(word, 80) + "' is no facet");
    facets.insert(*facet);
  }
}

template <typename A>
static void Describe(A& a, Value<A, Header> v) {
  a.Text("exercise", v.exercise);
  a.Text("exercise_hash", v.exercise_hash);
  a.Text("artifact_hash", v.artifact_hash);
  a.Text("language", v.language);
  a.Text("scenario", v.scenario);
  a.Text("perturbation", v.perturbation);
  a.Number("seed", v.seed);
  DescribeFacets(a, v.observed);
}

template <typename A>
static void Describe(A& a, Value<A, Process> v) {
  a.Process("pid", v.pid);
  a.Index("parent", v.parent);
  a.Process("parent_pid", v.parent_pid);
  a.Text("started_as", v.started_as);
  a.Text("program", v.program);
  a.Flag("peer", v.peer);
  a.Number("born", v.born);
  a.Flag("internal", v.internal);
}

template <typename A>
static void Describe(A& a, Value<A, Object> v) {
  a.Word("kind", v.kind, kObjectKinds);
  a.Text("name", v.name);
  a.Text("role", v.role);
}

template <typename A>
static void Describe(A& a, Value<A, Stream> v) {
  a.Text("bytes", v.bytes);
  a.Flag("cut", v.cut);
  a.Number("total", v.total);
}

template <typename A>
static void Describe(A& a, Value<A, Connection> v) {
  a.Text("peer", v.peer);
  a.Text("kind", v.kind);
  a.Text("client", v.client);
  a.Text("server", v.server);
}

template <typename A>
static void Describe(A& a, Value<A, Stuck> v) {
  a.Number("step", v.step);
  a.Text("awaited", v.awaited);
  a.Text("instead", v.instead);
}

template <typename A>
static void Describe(A& a, Value<A, Choice> v) {
  a.Number("options", v.options);
  a.Number("chosen", v.chosen);
}

template <typename A>
static void Describe(A& a, Value<A, Site> v) {
  a.Text("process", v.process);
  a.Number("call", v.call);
  a.Text("name", v.name);
  a.Texts("faults", v.faults);
  a.Maybe("where", v.where, kDescribe);
}

template <typename A>
static void Describe(A& a, Value<A, Standing> v) {
  a.Index("process", v.process);
  a.Text("call", v.call);
  a.Flag("writes", v.writes);
  a.Flag("read", v.read);
  a.Maybe("where", v.where, kDescribe);
  a.Maybe("tested", v.tested, kDescribe);
}

template <typename A>
static void Describe(A& a, Value<A, Overtaking> v) {
  a.Part("first", v.first, kDescribe);
  a.Part("passed", v.passed, kDescribe);
  a.Flag("signal", v.signal);
}

template <typename A>
static void Describe(A& a, Value<A, Usage> v) {
  a.Time("processor", v.processor);
  a.Number("wakeups", v.wakeups);
  a.Number("memory", v.memory);
  a.Number("descriptors", v.descriptors);
}

template <typename A>
static void Describe(A& a, Value<A, Error> v) {
  a.Text("message", v.message);
  a.Text("hint", v.hint);
  a.Number("code", v.code);
}

static void DescribeOutcome(Writer& a, const Outcome& outcome) {
  a.Text("outcome", std::string(ToString(outcome)));
}
static void DescribeOutcome(Reader& a, Outcome& outcome) {
  const std::string word = a.RequiredWord("outcome");
  const auto named = OutcomeNamed(word);
  if (!named) return a.Refuse("outcome", "'" + word + "' is no outcome");
  outcome = *named;
}

// Counts what indices may point at, before anything that has indices is read.
static void Measure(Writer&) {}
static void Measure(Reader& a) {
  a.reading().processes = a.SizeOf("processes");
  a.reading().objects = a.SizeOf("objects");
  a.reading().events = a.SizeOf("events");
}

template <typename A>
static void DescribeCanonical(A& a, Value<A, Recording> v) {
  Measure(a);
  a.Part("header", v.header, kDescribe);
  a.List("processes", v.processes, kDescribe);
  a.List("objects", v.objects, kDescribe);
  a.List("events", v.events, kDescribe);
  a.Named("snapshots", v.snapshots, kDescribe);
  a.Named("streams", v.streams, kDescribe);
  a.Named("connections", v.connections, kDescribe);
  a.Named("placeholders", v.placeholders,
          [](auto& inner, auto& text) { inner.Text("value", text); });
  DescribeOutcome(a, v.outcome);
  a.Number("status", v.status, {0, 255});
  a.Time("virtual_time", v.virtual_time);
  a.Maybe("stuck", v.stuck, kDescribe);
  a.List("choices", v.choices, kDescribe);
  a.List("sites", v.sites, kDescribe);
  a.List("overtakings", v.overtakings, kDescribe);
  a.Maybe("fault", v.fault, kDescribe);
}

// The raw arguments of blocked calls, by snapshot, process and thread.
struct Waiting {
  ProcessIndex process = 0;
  int thread = 0;
  std::vector<uint64_t> args;
};
template <typename A>
static void Describe(A& a, Value<A, Waiting> v) {
  a.Index("process", v.process);
  a.Number("thread", v.thread);
  a.Numbers("args", v.args);
}
using WaitingBySnapshot = std::map<std::string, std::vector<Waiting>>;

static WaitingBySnapshot TakeWaiting(const Recording& recording) {
  WaitingBySnapshot all;
  for (const auto& [name, snapshot] : recording.snapshots) {
    for (const ProcessStateAt& state : snapshot.processes) {
      for (size_t i = 0; i < state.threads.size(); ++i) {
        const auto& blocked = state.threads[i].blocked;
        if (!blocked || blocked->args.empty()) continue;
        all[name].push_back({state.process, static_cast<int>(i), blocked->args});
      }
    }
  }
  return all;
}

static Blocked* BlockedIn(Recording& recording, const std::string& snapshot,
                          const Waiting& waiting) {
  const auto it = recording.snapshots.find(snapshot);
  if (it == recording.snapshots.end()) return nullptr;
  auto& processes = it->second.processes;
  const auto state = std::ranges::find(processes, waiting.process, &ProcessStateAt::process);
  if (state == processes.end()) return nullptr;
  const auto thread = static_cast<size_t>(waiting.thread);
  if (thread >= state->threads.size()) return nullptr;
  auto& blocked = state->threads[thread].blocked;
  return blocked ? &*blocked : nullptr;
}

static void DescribeWaiting(Writer& a, const Recording& recording) {
  a.Named("waiting", TakeWaiting(recording),
          [](auto& inner, const auto& list) { inner.List("calls", list, kDescribe); });
}
static void DescribeWaiting(Reader& a, Recording& recording) {
  WaitingBySnapshot all;
  a.Named("waiting", all, [](auto& inner, auto& list) { inner.List("calls", list, kDescribe); });
  for (auto& [name, list] : all) {
    for (Waiting& waiting : list) {
      Blocked* blocked = BlockedIn(recording, name, waiting);
      if (blocked == nullptr) return a.Refuse("waiting", "names a thread that does not wait");
      blocked->args = std::move(waiting.args);
    }
  }
}

template <typename A>
static void DescribeHostPids(A& a, Value<A, std::vector<HostPid>> v) {
  std::vector<int> numbers;
  if constexpr (!A::kReads) {
    for (const HostPid pid : v) numbers.push_back(pid.value);
    a.Numbers("host_pids", std::as_const(numbers));
  } else {
    a.Numbers("host_pids", numbers);
    for (const int number : numbers) v.push_back(HostPid{number});
  }
}

template <typename A>
static void Describe(A& a, Value<A, Jump> v) {
  a.Time("to", v.to);
  a.Time("waited", v.waited);
}

template <typename A>
static void DescribeMachine(A& a, Value<A, Recording> v) {
  a.Text("isolation", v.header.isolation);
  a.Text("version", v.header.version);
  a.Maybe("error", v.error, kDescribe);
  a.Number("runs", v.machine.runs);
  a.Time("real_time", v.machine.real_time);
  a.Time("processor", v.machine.processor);
  a.Number("peak_memory", v.machine.peak_memory);
  a.Named("losses", v.machine.losses, [](auto& inner, auto& runs) { inner.Number("runs", runs); });
  a.Number("calls", v.machine.calls);
  a.List("jumps", v.machine.jumps, kDescribe);
  DescribeHostPids(a, v.machine.host_pids);
  a.Named("usage", v.machine.usage, [](auto& inner, auto& usages) {
    inner.Keyed("processes", usages, [](auto& each, auto& process, auto& usage) {
      each.Index("process", process);
      Describe(each, usage);
    });
  });
  a.Keyed("faults", v.machine.faults, [](auto& each, auto& process, auto& address) {
    each.Index("process", process);
    each.Number("address", address);
  });
  DescribeWaiting(a, v);
  a.Named("judgements", v.judgements, [](auto& inner, auto& text) { inner.Text("said", text); });
}

// --- What must hold between members.

// The first process whose parent was not born before it, or -1.
static void CheckOrder(Reading& reading, Recording& recording) {
  const auto refuse = [&](const std::string& what) {
    if (reading.wrong.empty()) reading.wrong = what;
  };
  for (size_t i = 0; i < recording.processes.size(); ++i) {
    const Process& process = recording.processes[i];
    const std::string place = "canonical.processes[" + std::to_string(i) + "].";
    if (process.parent >= static_cast<int>(i))
      refuse(place + "parent: was not born before its child");
    if (process.born > 0 && process.born >= reading.events) refuse(place + "born: is no event");
  }
  for (auto& [name, snapshot] : recording.snapshots) {
    snapshot.name = name;
    const std::string place = "canonical.snapshots." + Escaped(name, 80) + ".";
    if (snapshot.event > reading.events) refuse(place + "event: is no event");
    for (size_t i = 0; i < snapshot.processes.size(); ++i) {
      const ProcessIndex process = snapshot.processes[i].process;
      const ProcessIndex before = i == 0 ? kGrader : snapshot.processes[i - 1].process;
      if (process <= before) {
        refuse(place + "processes[" + std::to_string(i) + "].process: is not in order of birth");
      }
    }
    if (snapshot.sockets.contains(0)) refuse(place + "sockets: one is of no object");
  }
  for (auto& [name, connection] : recording.connections) connection.name = name;
  if (recording.machine.host_pids.size() > recording.processes.size()) {
    refuse("machine.host_pids: are more than the run's processes");
  }
}

static std::string Written(const Recording& recording, Form form, bool with_machine) {
  Sink sink(form);
  {
    static const std::string format = kFormat;
    Writer document(sink);
    document.Text("format", format);
    document.Part("canonical", recording,
                  [](Writer& a, const Recording& v) { DescribeCanonical(a, v); });
    if (with_machine) {
      document.Part("machine", recording,
                    [](Writer& a, const Recording& v) { DescribeMachine(a, v); });
    }
  }
  return sink.Take();
}

// The version first: of another one nothing else can be said.
static Status CheckFormat(Node& document) {
  if (document.kind != Node::Kind::kObject) return Fail("recording: document: is not an object");
  const Node* format = document.Find("format");
  if (format == nullptr || format->kind != Node::Kind::kText) {
    return Fail("recording: format: is missing");
  }
  if (format->text == kFormat) return {};
  return Fail("recording: format: is '" + Escaped(format->text, 80) + "', this program reads '" +
                  kFormat + "'",
              "run the submission again with this version");
}

static Result<Recording> FromDocument(Node& document) {
  TRY(CheckFormat(document));
  Reading reading;
  Recording recording;
  const auto half = [&](const char* key) {
    const Reader::Place place{nullptr, key, {}};
    Node* value = document.Find(key);
    Reader reader(value, reading, place);
    if (value == nullptr) reader.Refuse(place, "is missing");
    return reader;
  };
  Reader canonical = half("canonical");
  DescribeCanonical(canonical, recording);
  Reader machine = half("machine");
  DescribeMachine(machine, recording);
  if (reading.wrong.empty()) CheckOrder(reading, recording);
  if (!reading.wrong.empty()) return Fail("recording: " + reading.wrong);
  return recording;
}

static Result<Recording> Parsed(std::string_view bytes, Form form) {
  TRY_ASSIGN(Document document, ParseDocument(bytes, form));
  return FromDocument(document.root());
}

std::string ToJson(const Recording& recording) { return Written(recording, Form::kJson, true); }
std::string ToCbor(const Recording& recording) { return Written(recording, Form::kCbor, true); }

static Duration ToTenths(Duration time) {
  constexpr auto kTenth = std::chrono::milliseconds(100);
  return (time + kTenth / 2) / kTenth * kTenth;
}

// Processor time moves the virtual clock too, by a little more or less each time: what counts is
// what had been waited for by then.
static Duration CanonicalTime(Duration time, const Recording& recording) {
  const std::vector<Jump>& jumps = recording.machine.jumps;
  const auto next = std::ranges::upper_bound(jumps, time, {}, &Jump::to);
  return next == jumps.begin() ? Duration{} : ToTenths(std::prev(next)->waited);
}

static void MakeTimesCanonical(Snapshot& snapshot, const Recording& recording) {
  const Duration then = CanonicalTime(snapshot.time, recording);
  for (ProcessStateAt& state : snapshot.processes) {
    for (Thread& thread : state.threads) {
      if (!thread.blocked || !thread.blocked->deadline) continue;
      Duration& deadline = *thread.blocked->deadline;
      deadline = then + ToTenths(deadline - snapshot.time);
    }
  }
  snapshot.time = then;
}

std::string CanonicalJson(const Recording& recording) {
  Recording canonical = recording;
  canonical.virtual_time = ToTenths(recording.virtual_time);
  for (Event& event : canonical.events) event.time = CanonicalTime(event.time, recording);
  for (auto& [name, snapshot] : canonical.snapshots) MakeTimesCanonical(snapshot, recording);
  return Written(canonical, Form::kJson, false);
}
Result<Recording> FromJson(std::string_view text) { return Parsed(text, Form::kJson); }
Result<Recording> FromCbor(std::string_view bytes) { return Parsed(bytes, Form::kCbor); }

}  // namespace plumbline::record
