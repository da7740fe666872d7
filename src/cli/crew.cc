// SPDX-License-Identifier: MIT
#include "cli/crew.h"

#include <algorithm>
#include <boost/optional.hpp>
#include <boost/type_traits.hpp>
// Process v2 of Boost 1.81 with std::filesystem lacks these two and <algorithm>, so they come
// first.
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/process/v2/process.hpp>

#include <fcntl.h>
#include <linux/close_range.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include <array>
#include <csignal>
#include <deque>
#include <iterator>
#include <numeric>
#include <optional>
#include <sstream>
#include <utility>

#include "base/io.h"
#include "base/signals.h"
#include "base/unique_fd.h"
#include "cli/capacity.h"
#include "cli/child_end.h"
#include "cli/ending_signals.h"
#include "sandbox/cgroup.h"

namespace plumbline::cli {
namespace {

namespace asio = boost::asio;
namespace process = boost::process::v2;
using boost::system::error_code;

constexpr int kSocketInChild = 3;
constexpr std::chrono::seconds kPatience(3);  // for idle supervisors to end by themselves

// --- Starting one. Runs between fork and exec: async-signal-safe calls only.
//
// Process v2 of Boost 1.81 leaves all descriptors open, reports a failing hook as a success and
// ends a failed child by exit(3), which would write our buffers twice: hence all is done here.
struct ChildSetup {
  int socket;
  int failures;  // written to: {stage, errno}
  pid_t parent;

  struct Failure {
    int stage = 0;
    int error = 0;
  };
  static constexpr std::array kStages{
      "setsid", "PR_SET_PDEATHSIG", "its parent has gone", "/dev/null", "dup2", "close_range"};

  template <typename Launcher>
  error_code on_exec_setup(Launcher&, const std::filesystem::path&, const char* const*&) const {
    ::signal(SIGPIPE, SIG_DFL);  // we ignore it, and that is inherited
    // In a session of its own no key on the terminal reaches it.
    Require(0, ::setsid() >= 0);
    Require(1, ::prctl(PR_SET_PDEATHSIG, SIGKILL) == 0);
    Require(2, ::getppid() == parent);
    const int null = ::open("/dev/null", O_RDWR | O_CLOEXEC);
    Require(3, null >= 0);
    // Standard output is for results; what a supervisor says by mistake goes to standard error.
    Require(4, ::dup2(null, 0) == 0 && ::dup2(2, 1) == 1 && ::dup2(socket, kSocketInChild) >= 0);
    Require(5, ::close_range(kSocketInChild + 1, ~0U, CLOSE_RANGE_CLOEXEC) == 0);
    return {};
  }
  template <typename Launcher>
  void on_exec_error(Launcher&, const std::filesystem::path&, const char* const*&,
                     const error_code&) const {
    ::_exit(127);
  }

 private:
  void Require(int stage, bool done) const {
    if (done) return;
    const Failure failure{stage, errno};
    (void)!::write(failures, &failure, sizeof(failure));
    ::_exit(127);
  }
};

Status FailureOf(int pipe) {
  ChildSetup::Failure failure;
  if (::read(pipe, &failure, sizeof(failure)) != sizeof(failure)) return {};
  return ErrnoError(std::string("start a supervisor: ") +
                        ChildSetup::kStages.at(static_cast<size_t>(failure.stage)),
                    failure.error);
}

struct Supervisor {
  pid_t process;
  ChildEnd end;
  asio::posix::stream_descriptor socket;
  std::optional<int> wait_status = {};  // once it has been reaped
};

// Returns its wait status.
int KillAndReap(pid_t process) {
  ::kill(process, SIGKILL);
  return Reap(process);
}

Result<std::array<UniqueFd, 2>> Pair(int (*make)(int*)) {
  std::array<int, 2> ends{};
  if (make(ends.data()) < 0) return ErrnoError("start a supervisor");
  return std::array{UniqueFd(ends[0]), UniqueFd(ends[1])};
}

Result<std::shared_ptr<Supervisor>> Launch(asio::io_context& io, const Crew::Options& options,
                                           int cpu) {
  TRY_ASSIGN(auto sockets, Pair([](int* ends) {
               return ::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends);
             }));
  TRY_ASSIGN(auto failures, Pair([](int* ends) { return ::pipe2(ends, O_CLOEXEC); }));
  // A descriptor may have the number that the child gives to its socket.
  UniqueFd theirs(::fcntl(sockets[1].get(), F_DUPFD_CLOEXEC, kSocketInChild + 1));
  UniqueFd failing(::fcntl(failures[1].get(), F_DUPFD_CLOEXEC, kSocketInChild + 1));
  if (!theirs || !failing) return ErrnoError("start a supervisor");
  failures[1].Reset();

  std::vector<std::string> arguments{"supervise", "--socket", std::to_string(kSocketInChild),
                                     "--cpu", std::to_string(cpu)};
  if (options.verbose) arguments.emplace_back("--verbose");
  error_code error;
  process::process started = process::default_process_launcher()(
      asio::any_io_executor(io.get_executor()), error, options.program, arguments,
      ChildSetup{theirs.get(), failing.get(), ::getpid()});
  failing.Reset();
  if (error) return ErrnoError("start " + options.program.string(), error.value());
  // Its end is ours to await: child_end.h.
  const pid_t child = started.id();
  started.detach();
  const Status failure = FailureOf(failures[0].get());
  auto end = ChildEnd::Of(io, child);
  if (!failure || !end) {
    KillAndReap(child);
    return std::unexpected(failure ? end.error() : failure.error());
  }
  return std::make_shared<Supervisor>(child, *std::move(end),
                                      asio::posix::stream_descriptor(io, sockets[0].Release()));
}

// --- What the machine has.

std::vector<int> UsableProcessors() {
  cpu_set_t set;
  CPU_ZERO(&set);
  std::vector<int> usable;
  if (::sched_getaffinity(0, sizeof(set), &set) == 0) {
    for (int cpu = 0; cpu < CPU_SETSIZE; ++cpu) {
      if (CPU_ISSET(cpu, &set)) usable.push_back(cpu);
    }
  }
  if (usable.empty()) usable.push_back(0);
  return usable;
}

std::vector<pid_t> Children() {
  const std::string self = std::to_string(::getpid());
  std::istringstream list(ReadProc(("/proc/self/task/" + self + "/children").c_str()));
  std::vector<pid_t> children;
  for (pid_t child = 0; list >> child;) children.push_back(child);
  return children;
}

// What a killed supervisor leaves dies with it, but not at once; as its orphans become ours (we are
// their sub-reaper), we can wait for that. REQUIRES: no child of this process is to live on.
void EndOrphans() {
  do {
    for (const pid_t child : Children()) ::kill(child, SIGKILL);
  } while (::waitpid(-1, nullptr, 0) >= 0 || errno == EINTR);
}

std::string HowItEnded(int wait_status) {
  if (WIFSIGNALED(wait_status)) return "was killed by " + SignalName(WTERMSIG(wait_status));
  if (WIFEXITED(wait_status))
    return "ended with status " + std::to_string(WEXITSTATUS(wait_status));
  return "ended";
}

}  // namespace

class Crew::Impl {
 public:
  explicit Impl(Options options) : options_(std::move(options)), signals_(io_) {
    // Orphans of a killed supervisor come to us, prctl(2).
    ::prctl(PR_SET_CHILD_SUBREAPER, 1);
    std::vector<int> processors = UsableProcessors();
    if (options_.most > 0) processors.resize(std::min(options_.most, processors.size()));
    const size_t jobs = JobsAtOnce(processors.size(), options_.each, AvailableMemory());
    for (size_t i = 0; i < jobs; ++i)
      members_.push_back(std::make_unique<Member>(io_, processors[i % processors.size()]));
    WatchSignals();
  }

  ~Impl() {
    for (const auto& member : members_) {
      if (member->job || interrupted_)
        KillSupervisor(*member);
      else if (member->supervisor)
        member->supervisor->socket.close();
    }
    AwaitEnds();
    for (const auto& member : members_) KillSupervisor(*member);
    EndOrphans();
    if (!killed_) return;
    sandbox::RemoveGroupsOfKilled();
    sandbox::RemoveFoldersOfKilled();
  }

  std::expected<void, Interrupted> DoEach(std::vector<Job> jobs, const Take& take) {
    if (interrupted_) return std::unexpected(*interrupted_);
    jobs_.clear();
    done_ = 0;
    take_ = take;
    Queue(std::move(jobs));
    RunUntil([&] {
      // What was done since they were last asked may have brought work for all of them.
      for (const auto& member : members_) TakeNext(*member);
      return done_ == jobs_.size();
    });
    take_ = {};
    waiting_.clear();
    if (interrupted_) return std::unexpected(*interrupted_);
    return {};
  }

  std::expected<void, Interrupted> AwaitReadable(int fd) {
    asio::posix::stream_descriptor descriptor(io_, fd);
    bool readable = false;
    std::function<void()> watch = [&] {
      descriptor.async_wait(descriptor.wait_read, [&](const error_code& error) {
        if (error) return;
        readable = IsReadable(fd);
        if (!readable) watch();
      });
    };
    watch();
    RunUntil([&] { return readable; });
    descriptor.release();
    // The handler refers to this frame.
    io_.restart();
    io_.poll();
    if (interrupted_) return std::unexpected(*interrupted_);
    return {};
  }

  std::optional<Interrupted> Interruption() {
    io_.restart();
    while (!interrupted_ && io_.poll_one() > 0) {
    }
    return interrupted_;
  }

 private:
  struct Member {
    Member(asio::io_context& io, int processor) : cpu(processor), deadline(io) {}
    int cpu;
    // Shared with the handlers that wait for it: they outlive its place here.
    std::shared_ptr<Supervisor> supervisor;
    asio::steady_timer deadline;
    std::optional<size_t> job;
  };

  void WatchSignals() {
    AddEndingSignals(signals_);
    signals_.async_wait([this](const error_code& error, int signal) {
      if (!error) interrupted_ = Interrupted{signal};
    });
  }

  template <typename Condition>
  void RunUntil(Condition done) {
    io_.restart();
    while (!interrupted_ && !done()) io_.run_one();
    if (!interrupted_) return;
    for (const auto& member : members_) KillSupervisor(*member);
  }

  void AwaitEnds() {
    asio::steady_timer patience(io_, kPatience);
    bool over = false;
    patience.async_wait([&](const error_code&) { over = true; });
    io_.restart();
    const auto lives = [](const auto& member) { return member->supervisor != nullptr; };
    while (!over && std::ranges::any_of(members_, lives)) io_.run_one();
  }

  // Before all that waits, in their order.
  void Queue(std::vector<Job> jobs) {
    std::vector<size_t> numbers(jobs.size());
    std::iota(numbers.begin(), numbers.end(), jobs_.size());
    waiting_.insert(waiting_.begin(), numbers.begin(), numbers.end());
    std::ranges::move(jobs, std::back_inserter(jobs_));
  }

  // Gives jobs to an idle member until one is under way or none is left.
  void TakeNext(Member& member) {
    while (!member.job && !waiting_.empty()) {
      member.job = waiting_.front();
      waiting_.pop_front();
      if (const Status begun = Begin(member); !begun) Finish(member, begun.error());
    }
  }

  Status Begin(Member& member) {
    TRY(Send(member));
    WatchAnswer(member);
    member.deadline.expires_after(job_of(member).deadline);
    member.deadline.async_wait([this, &member, expected = *member.job](const error_code& error) {
      if (error || member.job != expected) return;
      Lose(member, Silence(job_of(member)));
    });
    return {};
  }

  Status Send(Member& member) {
    scenario::Task& task = jobs_[*member.job].task;
    if (auto* plan = std::get_if<scenario::Plan>(&task)) plan->followed = AnotherIsLikely();
    if (member.supervisor) {
      const Status sent = scenario::SendTask(member.supervisor->socket.native_handle(), task);
      if (sent || sent.error().code != EPIPE) return sent;
      // It ended while it had nothing to do.
      KillSupervisor(member);
    }
    TRY_ASSIGN(member.supervisor, Launch(io_, options_, member.cpu));
    WatchEnd(member);
    return scenario::SendTask(member.supervisor->socket.native_handle(), task);
  }

  // Of as many jobs as there are members each member takes one, more or less.
  bool AnotherIsLikely() const { return waiting_.size() >= members_.size(); }

  void WatchAnswer(Member& member) {
    member.supervisor->socket.async_wait(
        asio::posix::stream_descriptor::wait_read,
        [this, &member, supervisor = member.supervisor](const error_code& error) {
          if (error || member.supervisor != supervisor || !member.job) return;
          if (!IsReadable(supervisor->socket.native_handle())) return WatchAnswer(member);
          TakeAnswer(member);
        });
  }

  void WatchEnd(Member& member) {
    member.supervisor->end.Await(
        [this, &member, supervisor = member.supervisor](std::optional<int> wait_status) {
          if (wait_status) supervisor->wait_status = wait_status;
          if (member.supervisor != supervisor) return;
          // It may have answered before it ended; if not, the end of file says so.
          if (member.job) TakeAnswer(member);
          KillSupervisor(member);
        });
  }

  void TakeAnswer(Member& member) {
    const int socket = member.supervisor->socket.native_handle();
    if (!IsReadable(socket)) return Lose(member, {});
    Result<std::optional<scenario::Answer>> answer = scenario::ReceiveAnswer(socket);
    if (!answer)
      Lose(member, answer.error());
    else if (!*answer)
      Lose(member, {});
    else
      Finish(member, std::move(**answer));
  }

  void Finish(Member& member, scenario::Answer answer) {
    member.deadline.cancel();
    const size_t job = *std::exchange(member.job, std::nullopt);
    ++done_;
    // After an interruption nobody does.
    if (take_) Queue(take_(job, std::move(answer)));
  }

  // Gives up the member's supervisor; `why` says it, or else how the supervisor ended.
  void Lose(Member& member, std::optional<Error> why) {
    const int wait_status = KillSupervisor(member);
    Finish(member, why ? *std::move(why) : Loss(job_of(member), wait_status));
  }

  static Error Loss(const Job& job, int wait_status) {
    return Error{
        "the supervisor of " + job.name + " " + HowItEnded(wait_status) + " before it answered",
        "run it again; if it happens again, add --verbose and tell whoever looks after this "
        "machine"};
  }
  static Error Silence(const Job& job) {
    return Error{job.name + " gave no answer within " + ToString(job.deadline) + " of real time",
                 "the machine may be overloaded: run it again when it has less to do"};
  }

  // Returns its wait status.
  int KillSupervisor(Member& member) {
    if (!member.supervisor) return 0;
    const std::shared_ptr<Supervisor> supervisor = std::exchange(member.supervisor, nullptr);
    error_code ignored;
    (void)supervisor->socket.close(ignored);
    if (supervisor->wait_status) {
      killed_ |= WIFSIGNALED(*supervisor->wait_status);
      return *supervisor->wait_status;
    }
    killed_ = true;
    supervisor->wait_status = KillAndReap(supervisor->process);
    return *supervisor->wait_status;
  }

  const Job& job_of(const Member& member) const { return jobs_[*member.job]; }

  Options options_;
  asio::io_context io_;
  asio::signal_set signals_;
  std::vector<std::unique_ptr<Member>> members_;
  std::vector<Job> jobs_;
  std::deque<size_t> waiting_;  // of them
  size_t done_ = 0;
  Take take_;
  bool killed_ = false;  // a supervisor, at some time
  std::optional<Interrupted> interrupted_;
};

Crew::Crew(Options options) : impl_(std::make_unique<Impl>(std::move(options))) {}
Crew::~Crew() = default;

std::expected<std::vector<scenario::Answer>, Interrupted> Crew::Do(std::vector<Job> jobs,
                                                                   const Progress& progress) {
  std::vector<scenario::Answer> answers(jobs.size(), Error{"not done"});
  size_t done = 0;
  const auto take = [&](size_t job, scenario::Answer answer) -> std::vector<Job> {
    answers[job] = std::move(answer);
    ++done;
    if (progress) progress(done, answers.size());
    return {};
  };
  if (const auto all = impl_->DoEach(std::move(jobs), take); !all)
    return std::unexpected(all.error());
  return answers;
}
std::expected<void, Interrupted> Crew::DoEach(std::vector<Job> jobs, const Take& take) {
  return impl_->DoEach(std::move(jobs), take);
}
std::expected<void, Interrupted> Crew::AwaitReadable(int fd) { return impl_->AwaitReadable(fd); }
std::optional<Interrupted> Crew::Interruption() { return impl_->Interruption(); }

}  // namespace plumbline::cli
