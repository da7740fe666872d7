// SPDX-License-Identifier: MIT
#include "cli/tool_process.h"

#include <algorithm>
#include <boost/optional.hpp>
#include <boost/type_traits.hpp>
// Process v2 of Boost 1.81 with std::filesystem lacks these two and <algorithm>, so they come
// first.
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/process/v2/process.hpp>

#include <fcntl.h>
#include <linux/close_range.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <utility>

#include "base/unique_fd.h"
#include "cli/child_end.h"

namespace plumbline::cli {
namespace {

namespace asio = boost::asio;
namespace process = boost::process::v2;
using boost::system::error_code;

// Runs between fork and exec: async-signal-safe calls only. crew.cc says why it is all done here.
struct ChildSetup {
  int out;
  int err;
  const ToolCommand& command;
  const char* const* environment;
  pid_t parent;

  template <typename Launcher>
  error_code on_setup(Launcher& launcher, const std::filesystem::path&, const char* const*&) const {
    launcher.env = environment;
    return {};
  }
  template <typename Launcher>
  error_code on_exec_setup(Launcher&, const std::filesystem::path&, const char* const*&) const {
    ::signal(SIGPIPE, SIG_DFL);  // we ignore it, and that is inherited
    const int null = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
    const bool ready = ::setsid() >= 0 && ::prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 &&
                       ::getppid() == parent && null >= 0 && ::dup2(null, 0) == 0 &&
                       ::dup2(out, 1) == 1 && ::dup2(err, 2) == 2 &&
                       ::close_range(3, ~0U, CLOSE_RANGE_CLOEXEC) == 0 && IsLimited();
    if (!ready) ::_exit(127);
    return {};
  }
  template <typename Launcher>
  void on_exec_error(Launcher&, const std::filesystem::path&, const char* const*&,
                     const error_code&) const {
    ::_exit(127);
  }

 private:
  static bool Limit(__rlimit_resource resource, rlim_t most) {
    rlimit limit{};
    if (::getrlimit(resource, &limit) < 0) return false;
    if (limit.rlim_max > most) limit.rlim_max = most;
    limit.rlim_cur = limit.rlim_max;
    return ::setrlimit(resource, &limit) == 0;
  }
  bool IsLimited() const {
    return Limit(RLIMIT_AS, command.memory.count) && Limit(RLIMIT_FSIZE, command.file.count) &&
           Limit(RLIMIT_CPU, command.processor_seconds) && Limit(RLIMIT_CORE, 0);
  }
};

// At a number that the child's standard descriptors do not have.
Result<UniqueFd> OpenForWriting(const std::filesystem::path& path) {
  const UniqueFd fd(
      ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600));
  if (!fd) return ErrnoError(path.string());
  UniqueFd high(::fcntl(fd.get(), F_DUPFD_CLOEXEC, 3));
  if (!high) return ErrnoError(path.string());
  return high;
}

}  // namespace

struct ToolProcess::Running {
  pid_t process;
  ChildEnd end;
  asio::steady_timer deadline;
  std::function<void(ToolEnd)> ended;
  bool late = false;
  bool has_ended = false;

  // It leads its session, so what it started is in its group.
  void Kill() {
    if (!has_ended) ::kill(-process, SIGKILL);
  }
};

Result<std::unique_ptr<ToolProcess>> ToolProcess::Start(asio::io_context& io,
                                                        const ToolCommand& command,
                                                        std::function<void(ToolEnd)> ended) {
  TRY_ASSIGN(const UniqueFd out, OpenForWriting(command.out));
  TRY_ASSIGN(const UniqueFd err, OpenForWriting(command.err));
  std::vector<const char*> environment;
  for (const std::string& one : command.environment) environment.push_back(one.c_str());
  environment.push_back(nullptr);
  error_code error;
  process::process started = process::default_process_launcher()(
      asio::any_io_executor(io.get_executor()), error, command.program, command.arguments,
      ChildSetup{out.get(), err.get(), command, environment.data(), ::getpid()});
  if (error) return ErrnoError("start " + command.program.string(), error.value());
  // Its end is ours to await: child_end.h.
  const pid_t child = started.id();
  started.detach();
  auto end = ChildEnd::Of(io, child);
  if (!end) {
    Reap(child);
    return std::unexpected(end.error());
  }
  auto running = std::make_shared<Running>(
      Running{child, *std::move(end), asio::steady_timer(io), std::move(ended)});
  running->deadline.expires_after(command.deadline);
  running->deadline.async_wait([running](const error_code& cancelled) {
    if (cancelled || running->has_ended) return;
    running->late = true;
    running->Kill();
  });
  running->end.Await([running](std::optional<int> wait_status) {
    if (running->has_ended) return;
    running->has_ended = true;
    running->deadline.cancel();
    // It may start another in this one's place.
    const auto ended = std::exchange(running->ended, {});
    if (ended) ended({running->late, wait_status.value_or(0)});
  });
  return std::unique_ptr<ToolProcess>(new ToolProcess(std::move(running)));
}

ToolProcess::ToolProcess(std::shared_ptr<Running> running) : running_(std::move(running)) {}

ToolProcess::~ToolProcess() {
  running_->ended = {};
  running_->deadline.cancel();
  if (running_->has_ended) return;
  running_->Kill();
  Reap(running_->process);
  running_->has_ended = true;
}

}  // namespace plumbline::cli
