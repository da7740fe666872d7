// SPDX-License-Identifier: MIT
#include "sandbox/zygote.h"

#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <optional>
#include <utility>

#include "sandbox/init.h"
#include "sandbox/mounts.h"
#include "sandbox/wire.h"

namespace plumbline::sandbox {
namespace {

// The kernel lets a sandbox mount its own /proc only where one is to be seen already
// (mount_too_revealing()). This one shows nothing: its PID namespace has no process any more.
Status MountEmptyProc() {
  const long pid = ::syscall(SYS_clone, CLONE_NEWPID | SIGCHLD, nullptr, nullptr, nullptr, nullptr);
  if (pid == 0) {
    constexpr unsigned long kFlags = MS_NOSUID | MS_NODEV | MS_NOEXEC;
    ::_exit(::mount("proc", "proc", "proc", kFlags, nullptr) == 0 ? 0 : errno);
  }
  if (pid < 0) return ErrnoError("clone with a PID namespace");
  int status = 0;
  while (::waitpid(static_cast<pid_t>(pid), &status, 0) < 0 && errno == EINTR) {
  }
  if (status == 0) return {};
  return ErrnoError("mount proc", WIFEXITED(status) ? WEXITSTATUS(status) : EINTR);
}

// An answer is a PID and a pidfd, or 0, an errno, a message and a hint.
std::string Failure(const Error& error) {
  return Packer().Signed(0).Signed(error.code).Text(error.message).Text(error.hint).bytes();
}
std::string Success(HostPid process) { return Packer().Signed(process.value).bytes(); }

// The process itself.
class Cloner {
 public:
  explicit Cloner(UniqueFd socket) : socket_(std::move(socket)) {}

  // Until the supervisor has gone.
  void Serve() {
    const Status ready = SetUp();
    if (!Send(socket_.get(), ready ? Success(HostPid{::getpid()}) : Failure(ready.error()))) return;
    while (ready) {
      auto request = Receive(socket_.get());
      if (!request || !*request || !AnswerOne(**request)) return;
    }
  }

 private:
  Status SetUp() {
    for (int signal = 1; signal < NSIG; ++signal) ::signal(signal, SIG_DFL);
    TakeInitsName();
    outer_network_.Reset(::open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC));
    if (!outer_network_) return ErrnoError("open /proc/self/ns/net");
    if (::unshare(CLONE_NEWNS) < 0) return ErrnoError("unshare");
    MakeFilesAsStudent();
    TRY(BuildCommonRoot());
    MakeFilesAsSelf();
    TRY(MountEmptyProc());
    return EnterRoot();
  }

  // From the supervisor's, where it gets small tables (EnterSupervisorNamespaces()).
  Status MakeNetwork() {
    if (::setns(outer_network_.get(), CLONE_NEWNET) < 0) return ErrnoError("setns");
    if (::unshare(CLONE_NEWNET) < 0) return ErrnoError("unshare");
    return OpenNetwork();
  }

  Result<World> Clone(Message& request) {
    if (request.descriptors.size() != 2) return Fail("a request without its sockets");
    Unpacker content(request.bytes);
    if (content.Int() != 0) TRY(MakeNetwork());
    InitOptions options{.of_zygote = true};
    for (uint64_t left = content.Number(); left > 0 && content.ok(); --left)
      options.hidden_paths.emplace_back(content.Text());
    return CloneWorldForParent([&] {
      RunInit(std::move(request.descriptors[0]), std::move(request.descriptors[1]), options);
    });
  }

  Status AnswerOne(Message& request) {
    const auto world = Clone(request);
    if (!world) return Send(socket_.get(), Failure(world.error()));
    return Send(socket_.get(), Success(world->init), std::array{world->pidfd.get()});
  }

  UniqueFd socket_;
  UniqueFd outer_network_;
};

[[noreturn]] void Run(UniqueFd socket) {
  // Should the supervisor be dead already, the socket ends.
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  ::prctl(PR_SET_NAME, "zygote");
  KeepOnly({&socket});
  Cloner(std::move(socket)).Serve();
  ::_exit(0);
}

// The answer, if it is not a failure.
Result<Message> ReceiveSuccess(int socket) {
  TRY_ASSIGN(std::optional<Message> answer, Receive(socket));
  if (!answer) return Fail("the process that clones sandboxes has ended");
  Unpacker content(answer->bytes);
  if (content.Int() > 0) return *std::move(answer);
  const int code = content.Int();
  std::string text(content.Text());
  return std::unexpected(Error{std::move(text), std::string(content.Text()), code});
}

}  // namespace

Result<std::unique_ptr<Zygote>> Zygote::Start() {
  TRY_ASSIGN(SocketPair pair, MakeSocketPair());
  ChooseStudentsAccount();
  const pid_t pid = ::fork();
  if (pid == 0) Run(std::move(pair.theirs));
  if (pid < 0) return ErrnoError("fork");
  std::unique_ptr<Zygote> zygote(new Zygote(HostPid{pid}, std::move(pair.ours)));
  pair.theirs.Reset();
  TRY(ReceiveSuccess(zygote->socket_.get()));
  return zygote;
}

Zygote::~Zygote() {
  socket_.Reset();
  // ECHILD: somebody waited for any child and got it.
  while (::waitpid(process_.value, nullptr, 0) < 0 && errno == EINTR) {
  }
}

Result<World> Zygote::Clone(int control, int ends, const Request& request) {
  Packer packer;
  packer.Signed(request.new_network).Number(request.hidden_paths.size());
  for (const std::string& path : request.hidden_paths) packer.Text(path);
  TRY(Send(socket_.get(), packer.bytes(), std::array{control, ends}));
  TRY_ASSIGN(Message answer, ReceiveSuccess(socket_.get()));
  if (answer.descriptors.size() != 1) return Fail("a sandbox without its pidfd");
  return World{HostPid{Unpacker(answer.bytes).Int()}, std::move(answer.descriptors.front())};
}

}  // namespace plumbline::sandbox
