// SPDX-License-Identifier: MIT
#include "scenario/stage.h"

#include <fcntl.h>
#include <linux/sockios.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <ctime>
#include <utility>

#include "sandbox/memory.h"
#include "scenario/addresses.h"
#include "scenario/turns.h"
#include "trace/clock/rules.h"
#include "trace/clock/virtual_time.h"
#include "trace/filter.h"
#include "trace/proc.h"
#include "trace/snapshot.h"

namespace plumbline::scenario {

using record::ProcessIndex;
using spec::Peer;

Stage::Stage(const Plan& plan, record::Recording& recording)
    : plan_(plan),
      recording_(recording),
      journal_(recording),
      directions_(plan.scenario, cast_),
      tracer_(journal_, directions_),
      cast_(tracer_, recording_, plan.scenario),
      solutions_(plan.solutions) {
  directions_.set_before_stop([this] { ReadOutputs(); });
  directions_.set_role_of([this](const trace::Process& process, int fd) {
    const record::Object* object = recording_.object(tracer_.ObjectAt(process, fd));
    return object == nullptr ? std::string() : object->role;
  });
}

Stage::~Stage() { KillAll(); }

Result<std::unique_ptr<Stage>> Stage::Open(const Plan& plan, sandbox::SandboxPool& pool,
                                           record::Recording& recording) {
  std::unique_ptr<Stage> stage(new Stage(plan, recording));
  TRY(stage->SetUp(pool));
  return stage;
}

// --- The world.

namespace {

// `clock`, as the loader took it: "2030-01-01T00:00:00Z".
std::optional<Duration> DateOf(const spec::Scenario& scenario) {
  if (scenario.clock.empty()) return std::nullopt;
  std::tm date{};
  ::strptime(scenario.clock.c_str(), "%Y-%m-%dT%H:%M:%SZ", &date);
  return std::chrono::seconds(::timegm(&date));
}

}  // namespace

Status Stage::SetUp(sandbox::SandboxPool& pool) {
  const spec::Limits& limits = plan_.limits;
  TRY_ASSIGN(perturbation_, record::ParsePerturbation(plan_.perturbation));
  if (!plan_.mutation.empty()) {
    TRY_ASSIGN(record::Mutation mutation, record::ParseMutation(plan_.mutation));
    TRY(Mutants::Check(mutation));
    directions_.MakeMutant(std::move(mutation), plan_.language, tracer_, recording_);
  }
  // Who is alone waits for nobody but the grader, and for what may go wrong.
  const bool by_order = perturbation_.kind == record::Perturbation::Kind::kInterleavings;
  const bool acts = std::ranges::any_of(plan_.scenario.steps, ActsOnly);
  if (perturbation_.InTurns()) tracer_.TakeTurns(!by_order || acts);
  if (by_order) tracer_.WatchAccesses();
  if (plan_.late) tracer_.TakeStopsLate();
  const bool small = perturbation_.kind == record::Perturbation::Kind::kSmallWorld;
  if (small) tracer_.LimitPipes(record::kSmallPipe);
  TRY_ASSIGN(outputs_, Outputs::Open());
  TRY_ASSIGN(box_, pool.Take({.rung = plan_.rung,
                              .limits = {.memory = limits.memory,
                                         .processes = limits.processes,
                                         .descriptors = small ? std::min(record::kFewDescriptors,
                                                                         limits.descriptors)
                                                              : limits.descriptors,
                                         .file = limits.file,
                                         // A far ceiling for each; the sum is judged by the tracer.
                                         // The kernel holds this one by samples (RLIMIT_CPU), which
                                         // a program that is often stopped can be unlucky with.
                                         .cpu = 2 * limits.cpu + std::chrono::seconds(10)},
                              .hidden_paths = plan_.hidden_paths}));
  cast_.set_init(box_->init());
  cast_.set_base(box_->base());
  if (box_->rung() == sandbox::Rung::kC) {
    directions_.GoWithoutNamespaces(box_->base());
    tracer_.LimitTasks(limits.processes);
    disk_.emplace(box_->base(), sandbox::Room{.bytes = sandbox::Limits().disk.count,
                                              .files = sandbox::kMostFiles});
  }
  if (box_->network() != nullptr) tracer_.Share(*box_->network());
  init_stat_ = UniqueFd(::open(("/proc/" + std::to_string(box_->init().value) + "/stat").c_str(),
                               O_RDONLY | O_CLOEXEC));
  if (!init_stat_) return ErrnoError("open /proc/PID/stat of init");
  TRY_ASSIGN(network_, trace::LoopbackProbe::Open(box_->init(), box_->network()));
  rest_.emplace(tracer_, network_);
  std::set<int> stopping = CallsToStop();
  stopping.insert(SYS_memfd_create);  // for SampleMemory()
  std::vector<sandbox::TraceRule> rules = trace::RulesFor(recording_.header.observed, stopping);
  std::ranges::copy(directions_.Rules(), std::back_inserter(rules));
  std::ranges::copy(trace::clock::Rules(!plan_.real_time), std::back_inserter(rules));
  using Mode = trace::VirtualTime::Mode;
  tracer_.time().Begin(plan_.real_time ? Mode::kReal : Mode::kVirtual, DateOf(plan_.scenario));
  TRY_ASSIGN(filter_, sandbox::MakeFilter(rules, plan_.rung));
  recording_.placeholders["cwd"] = "/lab";
  TRY(PutPrograms());
  TRY(PutFiles());
  return OpenPeers();
}

// Those of turns are all by which processes and threads meet.
std::set<int> Stage::CallsToStop() const {
  std::set<int> calls = directions_.Calls();
  if (perturbation_.InTurns()) calls.insert({SYS_futex, SYS_sched_yield, SYS_getrandom});
  // For WatchAccesses().
  if (perturbation_.kind == record::Perturbation::Kind::kInterleavings)
    calls.insert({SYS_mmap, SYS_shmat});
  return calls;
}

Status Stage::PutPrograms() {
  std::vector<sandbox::FileToMake> files;
  for (const auto& [name, runnable] : plan_.programs) {
    for (const build::SourceFile& file : runnable.files)
      files.push_back({.path = "/program/" + file.path,
                       .content = file.content,
                       .mode = file.executable ? 0755 : 0644});
  }
  return box_->PutFiles(files);
}

namespace {

// {n} has a value only within a `count`.
class Numbered : public spec::PlaceholderSource {
 public:
  Numbered(const spec::PlaceholderSource& others, int n) : others_(others), n_(n) {}
  std::optional<std::string> ValueOf(const std::string& placeholder) const override {
    if (placeholder == "n") return std::to_string(n_);
    return others_.ValueOf(placeholder);
  }

 private:
  const spec::PlaceholderSource& others_;
  int n_;
};

sandbox::FileToMake::Kind KindOf(spec::FileSpec::Kind kind) {
  using From = spec::FileSpec::Kind;
  using To = sandbox::FileToMake::Kind;
  switch (kind) {
    case From::kFile:
      return To::kFile;
    case From::kFifo:
      return To::kFifo;
    case From::kDirectory:
      return To::kDirectory;
    case From::kSocket:
      return To::kSocket;
    case From::kLink:
      return To::kLink;
  }
  return To::kFile;
}

}  // namespace

Status Stage::PutFiles() {
  std::list<std::string> contents;  // views of them are passed
  std::vector<sandbox::FileToMake> files;
  for (const spec::FileSpec& file : plan_.scenario.files) {
    const int last = std::max(file.count, 1);
    for (int n = 1; n <= last; ++n) {
      const Numbered source(cast_, n);
      const bool directory = file.kind == spec::FileSpec::Kind::kDirectory;
      contents.push_back(spec::Materialize(file.text, source));
      files.push_back(
          {.path = PathInside(file.count > 0 ? spec::Substitute(file.path, source) : file.path),
           .kind = KindOf(file.kind),
           .content = contents.back(),
           .target = spec::Substitute(file.target, source),
           .mode = file.mode.value_or(directory ? 0755 : 0644)});
    }
  }
  return box_->PutFiles(files);
}

std::string Stage::PathInside(const std::string& path) const {
  return AbsolutePath(spec::Substitute(path, cast_));
}

Status Stage::OpenPeers() {
  for (const Peer& peer : plan_.scenario.peers) {
    if (peer.kind == Peer::Kind::kProgram) continue;
    TRY_ASSIGN(BuiltInPeer made, BuiltInPeer::Open(peer, PathInside(peer.path), *box_));
    if (made.uses_tcp()) network_.Enable(false);
    made.set_date([this] { return tracer_.time().Date(); });
    peers_.push_back(std::move(made));
  }
  return {};
}

void Stage::KillAll() {
  if (!box_) return;
  box_->KillPrograms();
  // The end of init ends all others (pid_namespaces(7)); it is over when they are, and they are
  // when their tracer has taken their status.
  const pid_t init = box_->init().value;
  ::kill(init, SIGKILL);
  while (true) {
    siginfo_t info{};
    if (::waitid(P_ALL, 0, &info, WEXITED | WSTOPPED | WNOWAIT | __WALL) < 0) {
      if (errno == EINTR) continue;
      break;
    }
    if (info.si_pid == init) break;
    int status = 0;
    ::waitpid(info.si_pid, &status, __WALL);
  }
  box_.reset();
}

// --- Streams.

bool Stage::ReadOutputs() {
  return outputs_->Read([this](const std::string& stream, std::string_view bytes) {
    tracer_.CountEffect();
    journal_.AddOutput(stream, bytes, plan_.limits.output);
  });
}

bool Stage::Serve() {
  bool moved = ReadOutputs();
  const auto has_unread = [this](const Channel& channel) { return HasUnread(channel); };
  for (auto& [name, channel] : channels_) moved |= channel.Serve(has_unread);
  const Channel* keyboard = FindChannel("terminal");
  if (terminal_ && keyboard != nullptr && !keyboard->open()) HangUp();
  const auto received = [this](const std::string& stream, std::string_view bytes) {
    journal_.AddOutput(stream, bytes, plan_.limits.output);
  };
  for (BuiltInPeer& peer : peers_) moved |= peer.Serve(has_unread, received);
  if (moved) tracer_.CountEffect();
  return moved;
}

bool Stage::HasUnread(const Channel& channel) {
  int count = 0;
  switch (channel.kind()) {
    case Channel::Kind::kPipe:
    case Channel::Kind::kFifo:
      return ::ioctl(channel.fd(), FIONREAD, &count) == 0 && count > 0;
    case Channel::Kind::kUnix:
      return ::ioctl(channel.fd(), SIOCOUTQ, &count) == 0 && count > 0;
    case Channel::Kind::kTcp: {
      if (::ioctl(channel.fd(), SIOCOUTQ, &count) == 0 && count > 0) return true;
      const auto other = OtherEndOf(channel.fd(), box_->init(), box_->network());
      return other && other->unread > 0;
    }
    case Channel::Kind::kTerminal:
      return terminal_ && terminal_->HasUnread();
  }
  return false;
}

Channel* Stage::FindChannel(const std::string& name) {
  const auto found = channels_.find(name);
  return found == channels_.end() ? nullptr : &found->second;
}

Channel& Stage::AddChannel(Channel channel) {
  const std::string name = channel.name();
  recording_.streams[name + ".received"];
  return channels_.insert_or_assign(name, std::move(channel)).first->second;
}

void Stage::NoteConnection(const Channel& channel, const std::string& peer,
                           const std::string& path) {
  record::Connection& connection = recording_.connections[channel.name()];
  connection.name = channel.name();
  connection.peer = peer;
  if (channel.kind() == Channel::Kind::kFifo) {
    connection.kind = "fifo";
    connection.server = path;
    return;
  }
  connection.kind = channel.kind() == Channel::Kind::kTcp ? "tcp" : "unix";
  const std::string local = LocalAddressOf(channel.fd(), box_->network());
  const std::string remote = RemoteAddressOf(channel.fd(), box_->network());
  connection.client = peer.empty() ? local : remote;
  connection.server = peer.empty() ? remote : local;
  if (connection.server.empty()) connection.server = path;
}

BuiltInPeer* Stage::FindPeer(const std::string& name) {
  const auto found = std::ranges::find(peers_, name, &BuiltInPeer::name);
  return found == peers_.end() ? nullptr : &*found;
}

bool Stage::CloseOutput(const std::string& stream) {
  ReadOutputs();
  return outputs_->Close(stream);
}

bool Stage::Press(std::string_view keys) { return terminal_ && terminal_->Press(keys); }

void Stage::DeliverKeys() const {
  if (terminal_) terminal_->Deliver();
}

// The last of the grader's descriptors of it are closed: its session gets SIGHUP (tty(4)).
void Stage::HangUp() {
  ReadOutputs();
  outputs_->Close("terminal");
  terminal_.reset();
}

bool Stage::IsListening(int port, const std::string& path) const {
  const std::string inside = path.empty() ? "" : PathInside(path);
  for (const auto& [inode, socket] : trace::SocketsOf(box_->init(), box_->network())) {
    if (!socket.listening) continue;
    if (path.empty() ? socket.local.ends_with(":" + std::to_string(port))
                     : AbsolutePath(socket.local) == inside && IsOfRun(inode))
      return true;
  }
  return false;
}

// Of a table that is the machine's.
bool Stage::IsOfRun(uint64_t socket) const {
  if (box_->network() == nullptr) return true;
  if (trace::HoldsSocket(HostPid{::getpid()}, socket)) return true;
  return std::ranges::any_of(tracer_.processes(), [&](const trace::Process& process) {
    return !process.ended && trace::HoldsSocket(process.host, socket);
  });
}

Bytes Stage::SampleMemory() {
  uint64_t& peak = recording_.machine.peak_memory;
  if (box_->rung() == sandbox::Rung::kA) {
    if (const auto most = box_->PeakMemory()) peak = std::max(peak, most->count);
    return {};
  }
  const std::vector<HostPid> processes = LivingPrograms();
  const Bytes limit = plan_.limits.memory;
  Bytes sum = sandbox::MemoryOf(processes, limit, tracer_.asked_for_memory_file());
  sum.count += box_->IpcMemory().count;
  peak = std::max(peak, sum.count);
  return sum;
}

bool Stage::FillsDisk() { return disk_ && disk_->IsExceeded(LivingPrograms()); }

// Until one has begun it is a copy of ours, which costs nothing.
std::vector<HostPid> Stage::LivingPrograms() const {
  std::vector<HostPid> living;
  for (const trace::Process& process : tracer_.processes()) {
    if (!process.ended && process.begun) living.push_back(process.host);
  }
  return living;
}

// By its state alone: init is not dumpable, and then /proc/PID/syscall is for root only (proc(5)).
bool Stage::InitIsIdle() const {
  std::array<char, 64> text;  // the number, the name in brackets, the letter, ...
  const ssize_t count = ::pread(init_stat_.get(), text.data(), text.size(), 0);
  return count > 0 && trace::StateIn({text.data(), static_cast<size_t>(count)}) == 'S';
}

void Stage::DrainChannels() {
  for (auto& [name, channel] : channels_) {
    if (!channel.reads()) continue;
    // What is there now; a program that is still alive may go on writing.
    int count = 0;
    if (!channel.open() || ::ioctl(channel.fd(), FIONREAD, &count) < 0) continue;
    while (count > 0) {
      const std::string bytes = channel.Read(static_cast<size_t>(count));
      if (bytes.empty()) break;
      journal_.AddOutput(name + ".received", bytes, plan_.limits.output);
      count -= static_cast<int>(bytes.size());
    }
  }
}

}  // namespace plumbline::scenario
