// SPDX-License-Identifier: MIT
#include "sandbox/init.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/sem.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <set>

#include "base/io.h"
#include "sandbox/files.h"
#include "sandbox/landlock.h"
#include "sandbox/mounts.h"
#include "sandbox/namespaces.h"
#include "sandbox/program.h"
#include "sandbox/shared.h"
#include "sandbox/sockets.h"
#include "sandbox/starter.h"
#include "sandbox/wire.h"

namespace plumbline::sandbox {
namespace {

struct Reply {
  Packer content;
  std::vector<UniqueFd> descriptors;
};

Reply ReplyWith(UniqueFd fd) {
  Reply reply;
  reply.descriptors.push_back(std::move(fd));
  return reply;
}

Result<Reply> PutFiles(Files& files, Unpacker& request) {
  for (uint64_t left = request.Number(); left > 0 && request.ok(); --left) {
    FileToMake file;
    file.path = request.Text();
    file.kind = static_cast<FileToMake::Kind>(request.Int());
    file.content = request.Text();
    file.target = request.Text();
    file.mode = request.Int();
    TRY(files.Make(file));
  }
  return Reply();
}

Result<Reply> ChangeFile(Files& files, Unpacker& request) {
  const std::string path(request.Text());
  const auto change = static_cast<Sandbox::Change>(request.Int());
  TRY(files.Change(path, change, request.Text()));
  return Reply();
}

Result<Reply> ListenTcp(Unpacker& request) {
  const int port = request.Int();
  TRY_ASSIGN(UniqueFd socket, ListenAtPort(port, request.Int()));
  return ReplyWith(std::move(socket));
}

Result<Reply> ListenUnix(Files& files, Unpacker& request) {
  TRY_ASSIGN(const Files::Place place, files.Locate(std::string(request.Text()), true));
  TRY_ASSIGN(UniqueFd socket, ListenAtPlace(place, request.Int()));
  return ReplyWith(std::move(socket));
}

Result<Reply> ConnectTcp(ClientPorts& ports, Unpacker& request) {
  TRY_ASSIGN(UniqueFd socket, ConnectToPort(request.Int(), ports));
  return ReplyWith(std::move(socket));
}

Result<Reply> ConnectUnix(Files& files, Unpacker& request) {
  TRY_ASSIGN(const Files::Place place, files.Locate(std::string(request.Text()), false));
  TRY_ASSIGN(UniqueFd socket, ConnectToPlace(place));
  return ReplyWith(std::move(socket));
}

Result<Reply> OpenFifo(Files& files, Unpacker& request) {
  TRY_ASSIGN(const Files::Place place, files.Locate(std::string(request.Text()), false));
  TRY_ASSIGN(UniqueFd fifo, OpenFifoAt(place, request.Int() != 0));
  return ReplyWith(std::move(fifo));
}

Result<Reply> OpenFile(Files& files, Unpacker& request) {
  const std::string path(request.Text());
  const bool for_writing = request.Int() != 0;
  TRY_ASSIGN(const Files::Place place, files.Locate(path, for_writing));
  TRY_ASSIGN(UniqueFd file, OpenFileAt(place, for_writing));
  return ReplyWith(std::move(file));
}

Result<Reply> OpenTerminal() {
  TRY_ASSIGN(Sandbox::Terminal terminal, OpenPseudoTerminal());
  Reply reply = ReplyWith(std::move(terminal.master));
  reply.descriptors.push_back(std::move(terminal.slave));
  return reply;
}

Result<Reply> OpenDiagnosis() {
  TRY_ASSIGN(UniqueFd socket, OpenSocketDiagnosis());
  return ReplyWith(std::move(socket));
}

Result<Reply> ReadTree(Files& files, Unpacker& request) {
  const std::string root(request.Text());
  const bool with_content = request.Int() != 0;
  const Bytes most_content{request.Number()};
  const std::vector<OpenedToOwner> way = files.OpenWay(root);
  TRY_ASSIGN(UniqueFd directory, files.OpenDirectory(root));
  TRY_ASSIGN(const Tree tree, ReadTreeAt(std::move(directory), with_content, most_content,
                                         request.Int(), files.is_owner()));
  Reply reply;
  reply.content.Signed(tree.cut).Number(tree.entries.size());
  for (const FileEntry& entry : tree.entries) {
    reply.content.Text(entry.path).Signed(static_cast<int>(entry.kind)).Number(entry.mode);
    reply.content.Number(entry.size).Text(entry.content).Signed(entry.cut).Text(entry.target);
  }
  return reply;
}

Reply ListIpc() {
  const std::vector<IpcObject> objects = ListIpcObjects();
  Reply reply;
  reply.content.Number(objects.size());
  for (const auto& [kind, name] : objects) reply.content.Text(kind).Text(name);
  return reply;
}

// semctl(2), GETPID. A set that has gone, or that init may not read, was changed by nobody.
Reply LastUserOfSemaphore(Unpacker& request) {
  const int set = request.Int();
  const int number = request.Int();
  Reply reply;
  reply.content.Signed(std::max(::semctl(set, number, GETPID), 0));
  return reply;
}

Result<Reply> SetDiskLimit(Unpacker& request) {
  TRY(LimitDisk(Bytes{request.Number()}));
  return Reply();
}

class Init {
 public:
  // What is different on rung C.
  struct Shared {
    std::string base;
    UniqueFd ruleset;
  };

  Init(UniqueFd control, UniqueFd ends, UniqueFd deaths, Files files, Shared shared = {})
      : control_(std::move(control)),
        ends_(std::move(ends)),
        deaths_(std::move(deaths)),
        files_(std::move(files)),
        shared_(std::move(shared)) {}

  // Says that the world is ready, and hands out the tables by which the supervisor counts its
  // objects (memory.h); then serves. Returns when the supervisor has gone.
  void Serve() {
    Reply ready;
    for (const char* table : {"/proc/sysvipc/shm", "/proc/sysvipc/sem", "/proc/sysvipc/msg"}) {
      if (IsShared()) continue;  // the machine's
      ready.descriptors.emplace_back(::open(table, O_RDONLY | O_CLOEXEC));
    }
    if (!Answered(std::move(ready))) return;
    std::array<pollfd, 2> sources{{{control_.get(), POLLIN, 0}, {deaths_.get(), POLLIN, 0}}};
    while (true) {
      if (::poll(sources.data(), sources.size(), -1) < 0) continue;
      if (sources[1].revents != 0) Reap();
      if (sources[0].revents != 0 && !ServeOne()) return;
    }
  }

 private:
  bool ServeOne() {
    auto message = Receive(control_.get());
    if (!message || !*message) return false;
    Unpacker request((*message)->bytes);
    const auto kind = static_cast<Request>(request.Int());
    if (kind == Request::kStart) {
      StartRequest start = StartRequest::Unpack(request);
      if (start.program.terminal >= 0) ++processes_of_ours_;
      start.processes_of_ours = processes_of_ours_;
      if (IsShared()) GoInFolder(start);
      Start(start, std::move((*message)->descriptors));
      return true;
    }
    return Answered(Do(kind, request));
  }

  // A stand-in shell is not to be signalled by programs, nor is what runs under it.
  void Start(StartRequest& start, std::vector<UniqueFd> descriptors) {
    const bool together = shared_.ruleset && start.program.terminal < 0;
    started_.insert(together ? starter_.Start(start, descriptors)
                             : StartInside(start, std::move(descriptors), ends_.get()));
  }

  bool IsShared() const { return !shared_.base.empty(); }

  // RLIMIT_NPROC counts all threads of the account there, those of runs that begin later too: it is
  // for the machine's sake. What a run itself may have the tracer counts (Tracer::LimitTasks).
  void GoInFolder(StartRequest& start) const {
    constexpr int kOfOthers = 2048;
    start.program = InFolder(std::move(start.program), shared_.base);
    start.processes_of_ours += ThreadsOfAccount() + kOfOthers;
    start.ruleset = shared_.ruleset.get();
  }

  static bool NeedsWorld(Request kind) {
    return kind == Request::kListenTcp || kind == Request::kConnectTcp;
  }

  Result<Reply> Do(Request kind, Unpacker& request) {
    if (shared_.ruleset && NeedsWorld(kind))
      return Fail("isolation C has no network of its own", "isolation B has");
    switch (kind) {
      case Request::kPutFiles:
        return PutFiles(files_, request);
      case Request::kChangeFile:
        return ChangeFile(files_, request);
      case Request::kListenTcp:
        return ListenTcp(request);
      case Request::kListenUnix:
        return ListenUnix(files_, request);
      case Request::kConnectTcp:
        return ConnectTcp(ports_, request);
      case Request::kConnectUnix:
        return ConnectUnix(files_, request);
      case Request::kOpenFifo:
        return OpenFifo(files_, request);
      case Request::kOpenFile:
        return OpenFile(files_, request);
      case Request::kOpenTerminal:
        return OpenTerminal();
      case Request::kOpenDiagnosis:
        return OpenDiagnosis();
      case Request::kReadTree:
        return ReadTree(files_, request);
      case Request::kListIpc:
        // It could be anybody's; programs are refused it.
        return IsShared() ? Reply{Packer().Number(0), {}} : ListIpc();
      case Request::kLastUserOfSemaphore:
        return LastUserOfSemaphore(request);
      case Request::kLimitDisk:
        return IsShared() ? Reply() : SetDiskLimit(request);
      case Request::kStart:
        break;
    }
    return Fail("no such request");
  }

  bool Answered(const Result<Reply>& result) {
    Packer answer;
    std::vector<int> descriptors;
    if (result) {
      answer.Signed(static_cast<int>(Answer::kOk));
      for (const UniqueFd& fd : result->descriptors) descriptors.push_back(fd.get());
      const std::string bytes = answer.bytes() + result->content.bytes();
      return Send(control_.get(), bytes, descriptors).has_value();
    }
    answer.Signed(static_cast<int>(Answer::kFailed)).Signed(result.error().code);
    answer.Text(result.error().message);
    return Send(control_.get(), answer.bytes()).has_value();
  }

  void Reap() {
    signalfd_siginfo ignored;
    while (::read(deaths_.get(), &ignored, sizeof ignored) > 0) {
    }
    EndNote note;
    // __WALL: orphans may have been made with any exit signal (clone(2)).
    while ((note.pid = ::waitpid(-1, &note.status, WNOHANG | __WALL)) > 0) {
      if (started_.erase(note.pid) > 0)
        (void)::send(ends_.get(), &note, sizeof note, MSG_NOSIGNAL | MSG_DONTWAIT);
    }
  }

  UniqueFd control_;
  UniqueFd ends_;
  UniqueFd deaths_;
  Files files_;
  Shared shared_;
  ClientPorts ports_;
  Starter starter_;
  std::set<pid_t> started_;
  int processes_of_ours_ = 1;  // this one, and stand-in shells
};

Result<UniqueFd> WatchDeaths() {
  for (int signal = 1; signal < NSIG; ++signal) ::signal(signal, SIG_DFL);
  sigset_t deaths;
  ::sigemptyset(&deaths);
  ::sigaddset(&deaths, SIGCHLD);
  ::sigprocmask(SIG_SETMASK, &deaths, nullptr);
  UniqueFd fd(::signalfd(-1, &deaths, SFD_NONBLOCK | SFD_CLOEXEC));
  if (!fd) return ErrnoError("signalfd");
  return fd;
}

// Without a world of its own: it ends when the supervisor has gone, and takes everybody along.
Result<Init> PrepareShared(UniqueFd& control, UniqueFd& ends, const InitOptions& options) {
  TRY(BecomeReaper());
  TRY_ASSIGN(UniqueFd deaths, WatchDeaths());
  TRY(MakeFolder(options.base));
  UniqueFd base(::open(options.base.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
  UniqueFd program(::open((options.base + "/program").c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
  if (!base || !program) return ErrnoError("open " + options.base);
  UniqueFd ruleset;
  if (!options.open) {
    TRY_ASSIGN(ruleset, MakeRuleset(options.base, options.hidden_paths));
  }
  return Init(std::move(control), std::move(ends), std::move(deaths),
              Files(std::move(program), std::move(base), options.base),
              {options.base, std::move(ruleset)});
}

Result<Init> Prepare(UniqueFd& control, UniqueFd& ends, const InitOptions& options) {
  if (!options.base.empty()) return PrepareShared(control, ends, options);
  TRY(BecomeStudent());
  // After the change of identity, which clears it. Should the supervisor be dead already, `control`
  // ends.
  if (::prctl(PR_SET_PDEATHSIG, SIGKILL) < 0) return ErrnoError("PR_SET_PDEATHSIG");
  ::prctl(PR_SET_DUMPABLE, 0);
  ::prctl(PR_SET_NAME, "init");
  if (!options.of_zygote) TakeInitsName();
  if (::setsid() < 0) return ErrnoError("setsid");
  TRY_ASSIGN(UniqueFd deaths, WatchDeaths());
  TRY(NameHost());
  if (!options.of_zygote) TRY(BuildCommonRoot());
  TRY_ASSIGN(Root root, MountOwn(options.hidden_paths));
  TRY(LimitCounts());
  if (!options.of_zygote) {
    TRY(EnterRoot());
    TRY(OpenNetwork());
  }
  return Init(std::move(control), std::move(ends), std::move(deaths),
              Files(std::move(root.program)));
}

}  // namespace

void KeepOnly(std::initializer_list<UniqueFd*> kept) {
  constexpr int kAbove = 16;
  for (UniqueFd* fd : kept) fd->Reset(::fcntl(fd->get(), F_DUPFD_CLOEXEC, kAbove));
  const int null = ::open("/dev/null", O_RDWR | O_CLOEXEC);
  int next = 0;
  while (next < 3) ::dup2(null, next++);
  for (UniqueFd* fd : kept) fd->Reset(::dup3(fd->get(), next++, O_CLOEXEC));
  ::close_range(static_cast<unsigned>(next), ~0U, 0);
}

void TakeInitsName() {
  const std::string arguments = ReadProc("/proc/self/cmdline");
  char* const first = program_invocation_name;
  if (first == nullptr || !arguments.starts_with(first) || arguments.size() < sizeof "init") return;
  std::memset(first, 0, arguments.size());
  std::strcpy(first, "init");
}

void RunInit(UniqueFd control, UniqueFd ends, const InitOptions& options) {
  KeepOnly({&control, &ends});
  const auto go = Receive(control.get());
  if (!go || !*go) ::_exit(1);
  auto init = Prepare(control, ends, options);
  if (!init) {
    Packer answer;
    answer.Signed(static_cast<int>(Answer::kFailed)).Signed(init.error().code);
    answer.Text(init.error().message).Text(init.error().hint);
    if (!options.base.empty()) RemoveFolder(options.base);
    (void)Send(control.get(), answer.bytes());
    ::_exit(1);
  }
  init->Serve();
  if (!options.base.empty()) {
    KillBelow(HostPid{::getpid()});
    RemoveFolder(options.base);
  }
  ::_exit(0);
}

}  // namespace plumbline::sandbox
