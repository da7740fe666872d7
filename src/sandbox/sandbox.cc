// SPDX-License-Identifier: MIT
#include "sandbox/sandbox.h"

#include <poll.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <utility>

#include "base/check.h"
#include "sandbox/launch.h"
#include "sandbox/memory.h"
#include "sandbox/program.h"

namespace plumbline::sandbox {
namespace {

bool MakesSocket(Request request) {
  switch (request) {
    case Request::kListenTcp:
    case Request::kListenUnix:
    case Request::kConnectTcp:
    case Request::kConnectUnix:
      return true;
    default:
      return false;
  }
}

Error InitHasEnded() {
  return Error{"the sandbox's init has ended", "was it killed for want of memory?"};
}

// The answer's error, or nothing.
Status CheckAnswer(const Message& message) {
  Unpacker answer(message.bytes);
  if (static_cast<Answer>(answer.Int()) == Answer::kOk) return {};
  const int code = answer.Int();
  std::string text(answer.Text());
  return std::unexpected(Error{std::move(text), std::string(answer.Text()), code});
}

Unpacker ContentOf(const Message& message) {
  Unpacker answer(message.bytes);
  (void)answer.Number();
  return answer;
}

Result<UniqueFd> OnlyDescriptor(Result<Message> answer) {
  if (!answer) return std::unexpected(answer.error());
  if (answer->descriptors.size() != 1) return Fail("init sent no descriptor");
  return std::move(answer->descriptors.front());
}

// One note from the gate and who sent it, by this namespace's count.
struct Note {
  GateNote note;
  HostPid sender;
};
Result<std::optional<Note>> ReadNote(int gate, int flags) {
  Note result;
  iovec part{&result.note, sizeof result.note};
  alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(ucred))> control{};
  msghdr header{};
  header.msg_iov = &part;
  header.msg_iovlen = 1;
  header.msg_control = control.data();
  header.msg_controllen = control.size();
  ssize_t size = 0;
  do {
    size = ::recvmsg(gate, &header, flags | MSG_CMSG_CLOEXEC);
  } while (size < 0 && errno == EINTR);
  if (size == 0 || (size < 0 && (errno == EAGAIN || errno == ECONNRESET)))
    return std::optional<Note>();
  if (size < 0) return ErrnoError("recvmsg");
  if (static_cast<size_t>(size) != sizeof result.note) return Fail("a note was cut");
  const cmsghdr* credentials = CMSG_FIRSTHDR(&header);
  if (credentials != nullptr && credentials->cmsg_type == SCM_CREDENTIALS) {
    ucred sender{};
    std::memcpy(&sender, CMSG_DATA(credentials), sizeof sender);
    result.sender = HostPid{sender.pid};
  }
  return std::optional(result);
}

Error FailureOf(const GateNote& note, const std::string& program) {
  return ErrnoError(program + ": " + ToString(note.stage), note.value).error();
}

// A file of /proc, from its beginning.
std::string WholeTable(int fd) {
  std::string table;
  std::array<char, 4096> part;
  ssize_t count = 0;
  while ((count = ::pread(fd, part.data(), part.size(), static_cast<off_t>(table.size()))) > 0)
    table.append(part.data(), static_cast<size_t>(count));
  return table;
}

// A dead tracee stays a zombie, and its PID namespace does not end, until its tracer has seen its
// end.
// __WCLONE: exactly this thread's tracees, for all children of our own signal with SIGCHLD.
void ReapTracees() {
  int status = 0;
  pid_t pid = 0;
  while ((pid = ::waitpid(-1, &status, __WCLONE | WNOHANG)) > 0) {
    if (WIFSTOPPED(status)) ::ptrace(PTRACE_CONT, pid, nullptr, nullptr);
  }
}

}  // namespace

std::string ToString(Rung rung) {
  switch (rung) {
    case Rung::kA:
      return "A";
    case Rung::kB:
      return "B";
    case Rung::kC:
      return "C";
    case Rung::kUnsafe:
      return "unsafe";
  }
  return "?";
}

Result<std::unique_ptr<Sandbox::State>> Sandbox::State::LaunchBy(Rung rung, const Cloning& clone) {
  auto state = std::make_unique<State>();
  state->rung = rung;
  if (rung == Rung::kA) {
    TRY_ASSIGN(state->cgroup, Cgroup::Create());
  }
  TRY_ASSIGN(SocketPair control, MakeSocketPair());
  TRY_ASSIGN(SocketPair ends, MakeSocketPair());
  TRY_ASSIGN(state->world, clone(std::move(control.theirs), std::move(ends.theirs)));
  state->control = std::move(control.ours);
  state->ends = std::move(ends.ours);
  if (rung == Rung::kA || rung == Rung::kB) TRY(MapStudent(state->world.init));
  if (state->cgroup) TRY(state->cgroup->Join(state->world.init));
  TRY(Send(state->control.get(), "go"));
  return state;
}

Result<std::unique_ptr<Sandbox::State>> Sandbox::State::LaunchShared(
    Rung rung, const std::vector<std::string>& hidden_paths) {
  BaseFolder base = BaseFolder::Unused();
  TRY_ASSIGN(auto state, LaunchBy(rung, [&](UniqueFd control, UniqueFd ends) {
               return CloneShared([&] {
                 RunInit(std::move(control), std::move(ends),
                         InitOptions{.hidden_paths = hidden_paths,
                                     .base = base.path(),
                                     .open = rung == Rung::kUnsafe});
               });
             }));
  state->base.emplace(std::move(base));
  if (rung == Rung::kC) state->network.emplace(SocketFiles(state->base->path(), state->world.init));
  return state;
}

Result<std::unique_ptr<Sandbox::State>> Sandbox::State::Launch(
    Rung rung, const std::vector<std::string>& hidden_paths) {
  if (rung == Rung::kC || rung == Rung::kUnsafe) return LaunchShared(rung, hidden_paths);
  return LaunchBy(rung, [&](UniqueFd control, UniqueFd ends) {
    return CloneWorld([&] {
      RunInit(std::move(control), std::move(ends), InitOptions{.hidden_paths = hidden_paths});
    });
  });
}

Result<std::unique_ptr<Sandbox::State>> Sandbox::State::Launch(Rung rung, Zygote& zygote,
                                                               const Zygote::Request& request) {
  return LaunchBy(rung, [&](const UniqueFd& control, const UniqueFd& ends) {
    return zygote.Clone(control.get(), ends.get(), request);
  });
}

Status Sandbox::State::AwaitWorld() {
  if (is_ready) return {};
  TRY_ASSIGN(Message ready, ReceiveAnswer());
  ipc_tables = std::move(ready.descriptors);
  is_ready = true;
  return {};
}

Status Sandbox::State::Finish(const Limits& wanted) {
  TRY(AwaitWorld());
  if (cgroup) TRY(cgroup->Limit(wanted));
  if (wanted.disk != limits.disk)
    TRY(Call(Request::kLimitDisk, Packer().Number(wanted.disk.count).bytes()));
  limits = wanted;
  return {};
}

Sandbox::State::~State() {
  if (world.init.value <= 0) return;
  if (base) KillBelow(world.init);
  ::kill(world.init.value, SIGKILL);
  pollfd dead{world.pidfd.get(), POLLIN, 0};
  // Waiting for tracees and for init at once is not possible: look after the tracees now and then.
  do {
    ReapTracees();
  } while (::poll(&dead, 1, 1) == 0);
  siginfo_t ignored{};
  // ECHILD: somebody waited for any child and got it.
  while (::waitid(P_PID, static_cast<id_t>(world.init.value), &ignored, WEXITED) < 0 &&
         errno == EINTR) {
  }
}

Status Sandbox::State::Ask(Request request, std::string_view body,
                           std::span<const int> descriptors) {
  std::string message = Packer().Signed(static_cast<int>(request)).bytes();
  return Send(control.get(), message.append(body), descriptors);
}

Result<Message> Sandbox::State::ReceiveAnswer() {
  TRY_ASSIGN(std::optional<Message> answer, Receive(control.get()));
  if (!answer) return std::unexpected(InitHasEnded());
  TRY(CheckAnswer(*answer));
  return std::move(*answer);
}

Result<Message> Sandbox::State::Call(Request request, std::string_view body) {
  if (MakesSocket(request)) made_sockets = true;
  TRY(Ask(request, body));
  return ReceiveAnswer();
}

Sandbox::Sandbox(std::unique_ptr<State> state) : state_(std::move(state)) {}
Sandbox::Sandbox(Sandbox&&) noexcept = default;
Sandbox& Sandbox::operator=(Sandbox&&) noexcept = default;
Sandbox::~Sandbox() = default;

Result<Sandbox> Sandbox::Create(const Options& options) {
  TRY_ASSIGN(auto state, State::Launch(options.rung, options.hidden_paths));
  TRY(state->Finish(options.limits));
  return Sandbox(std::move(state));
}

Rung Sandbox::rung() const { return state_->rung; }
const std::string& Sandbox::base() const {
  static const std::string none;
  return state_->base ? state_->base->path() : none;
}
void Sandbox::KillPrograms() {
  if (!state_->base) return;
  KillBelow(state_->world.init);
  // Init looks after the dead before it answers: then none waits for somebody else to do it.
  (void)state_->Call(Request::kLimitDisk, Packer().Number(0).bytes());
}
SharedNetwork* Sandbox::network() const { return state_->network ? &*state_->network : nullptr; }
HostPid Sandbox::init() const { return state_->world.init; }
bool Sandbox::made_sockets() const { return state_->made_sockets; }

Status Sandbox::PutFiles(std::span<const FileToMake> files) {
  Packer request;
  request.Number(files.size());
  for (const FileToMake& file : files) {
    request.Text(file.path).Signed(static_cast<int>(file.kind)).Text(file.content);
    request.Text(file.target).Signed(file.mode);
  }
  TRY(state_->Call(Request::kPutFiles, request.bytes()));
  return {};
}

Status Sandbox::ChangeFile(const std::string& path, Change change, std::string_view content) {
  Packer request;
  request.Text(path).Signed(static_cast<int>(change)).Text(content);
  TRY(state_->Call(Request::kChangeFile, request.bytes()));
  return {};
}

Result<Started> Sandbox::Start(const Program& program) {
  CHECK(!program.argv.empty());
  TRY_ASSIGN(SocketPair gate, MakeSocketPair());
  const int on = 1;
  if (::setsockopt(gate.ours.get(), SOL_SOCKET, SO_PASSCRED, &on, sizeof on) < 0)
    return ErrnoError("setsockopt SO_PASSCRED");
  std::vector<int> descriptors{gate.theirs.get()};
  if (program.terminal >= 0) {
    descriptors.push_back(program.terminal);
  } else {
    for (const int fd : program.descriptors) {
      if (fd >= 0) descriptors.push_back(fd);
    }
  }
  TRY(state_->Ask(Request::kStart, StartRequest{program, state_->limits}.Pack(), descriptors));
  gate.theirs.Reset();
  Started started;
  while (true) {
    TRY_ASSIGN(const std::optional<Note> note, ReadNote(gate.ours.get(), 0));
    if (!note) return Fail(program.argv[0] + ": ended before it was started");
    if (note->note.kind == GateNote::Kind::kFailed)
      return std::unexpected(FailureOf(note->note, program.argv[0]));
    if (note->note.kind == GateNote::Kind::kLeader) {
      started.session_leader = note->sender;
      continue;
    }
    started.host_pid = note->sender;
    started.pid = Pid{note->note.value};
    started.name = program.argv[0];
    started.gate = std::move(gate.ours);
    return started;
  }
}

Status Started::Proceed() {
  if (::send(gate.get(), "p", 1, MSG_NOSIGNAL) == 1) return {};
  const Error error = ErrnoError(name + ": let it go on").error();
  if (const auto failure = Failure()) return std::unexpected(*failure);
  return std::unexpected(error);
}

std::optional<Error> Started::Failure() {
  const auto note = ReadNote(gate.get(), MSG_DONTWAIT);
  if (!note || !*note || (*note)->note.kind != GateNote::Kind::kFailed) return std::nullopt;
  return FailureOf((*note)->note, name);
}

Result<UniqueFd> Sandbox::ListenTcp(int port, int backlog) {
  if (state_->network) return state_->network->ListenAt(port, backlog);
  return OnlyDescriptor(
      state_->Call(Request::kListenTcp, Packer().Signed(port).Signed(backlog).bytes()));
}

Result<UniqueFd> Sandbox::ListenUnix(const std::string& path, int backlog) {
  return OnlyDescriptor(
      state_->Call(Request::kListenUnix, Packer().Text(path).Signed(backlog).bytes()));
}

Result<UniqueFd> Sandbox::ConnectTcp(int port) {
  if (state_->network) return state_->network->ConnectTo(port);
  return OnlyDescriptor(state_->Call(Request::kConnectTcp, Packer().Signed(port).bytes()));
}

Result<UniqueFd> Sandbox::ConnectUnix(const std::string& path) {
  return OnlyDescriptor(state_->Call(Request::kConnectUnix, Packer().Text(path).bytes()));
}

Result<UniqueFd> Sandbox::OpenFifo(const std::string& path, bool for_writing) {
  return OnlyDescriptor(
      state_->Call(Request::kOpenFifo, Packer().Text(path).Signed(for_writing).bytes()));
}

Result<UniqueFd> Sandbox::OpenFile(const std::string& path, bool for_writing) {
  return OnlyDescriptor(
      state_->Call(Request::kOpenFile, Packer().Text(path).Signed(for_writing).bytes()));
}

Result<Sandbox::Terminal> Sandbox::OpenTerminal() {
  TRY_ASSIGN(Message answer, state_->Call(Request::kOpenTerminal, {}));
  if (answer.descriptors.size() != 2) return Fail("init sent no terminal");
  return Terminal{std::move(answer.descriptors[0]), std::move(answer.descriptors[1])};
}

Result<UniqueFd> Sandbox::OpenDiagnosis() {
  return OnlyDescriptor(state_->Call(Request::kOpenDiagnosis, {}));
}

Result<Tree> Sandbox::ReadTree(const std::string& root, bool with_content, Bytes most_content,
                               int most_entries) {
  Packer request;
  request.Text(root).Signed(with_content).Number(most_content.count).Signed(most_entries);
  TRY_ASSIGN(const Message message, state_->Call(Request::kReadTree, request.bytes()));
  Unpacker answer = ContentOf(message);
  Tree tree;
  tree.cut = answer.Int() != 0;
  for (uint64_t left = answer.Number(); left > 0 && answer.ok(); --left) {
    FileEntry entry;
    entry.path = answer.Text();
    entry.kind = static_cast<FileEntry::Kind>(answer.Int());
    entry.mode = static_cast<uint32_t>(answer.Number());
    entry.size = answer.Number();
    entry.content = answer.Text();
    entry.cut = answer.Int() != 0;
    entry.target = answer.Text();
    tree.entries.push_back(std::move(entry));
  }
  return tree;
}

Result<std::vector<IpcObject>> Sandbox::ListIpc() {
  TRY_ASSIGN(const Message message, state_->Call(Request::kListIpc, {}));
  Unpacker answer = ContentOf(message);
  std::vector<IpcObject> objects;
  for (uint64_t left = answer.Number(); left > 0 && answer.ok(); --left) {
    std::string kind(answer.Text());
    objects.push_back({std::move(kind), std::string(answer.Text())});
  }
  return objects;
}

Result<Pid> Sandbox::LastUserOfSemaphore(int set, int number) {
  Packer request;
  request.Signed(set).Signed(number);
  TRY_ASSIGN(const Message message, state_->Call(Request::kLastUserOfSemaphore, request.bytes()));
  return Pid{ContentOf(message).Int()};
}

Result<std::optional<Sandbox::End>> Sandbox::WaitFor(const Started& started, Duration deadline) {
  const auto until = std::chrono::steady_clock::now() + deadline;
  while (true) {
    if (const auto found = state_->ended.find(started.pid.value); found != state_->ended.end()) {
      const int status = found->second;
      state_->ended.erase(found);
      if (WIFSIGNALED(status)) return End{0, WTERMSIG(status)};
      return End{WEXITSTATUS(status), 0};
    }
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
    pollfd source{state_->ends.get(), POLLIN, 0};
    const int ready = ::poll(&source, 1, static_cast<int>(std::max<int64_t>(left.count(), 0)));
    if (ready == 0) return std::optional<End>();
    if (ready < 0 && errno == EINTR) continue;
    EndNote note;
    if (::recv(state_->ends.get(), &note, sizeof note, 0) != sizeof note)
      return std::unexpected(InitHasEnded());
    state_->ended[note.pid] = note.status;
  }
}

std::optional<Bytes> Sandbox::PeakMemory() const {
  return state_->cgroup ? state_->cgroup->Peak() : std::nullopt;
}

Bytes Sandbox::IpcMemory() const {
  Bytes sum;
  for (size_t i = 0; i < state_->ipc_tables.size(); ++i)
    sum.count += MemoryOfIpc(static_cast<Ipc>(i), WholeTable(state_->ipc_tables[i].get())).count;
  return sum;
}

bool Sandbox::MemoryLimitHit() const { return state_->cgroup && state_->cgroup->MemoryLimitHit(); }

}  // namespace plumbline::sandbox
