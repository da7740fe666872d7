// SPDX-License-Identifier: MIT
#include "scenario/supervisor.h"

#include <sched.h>
#include <spdlog/spdlog.h>
#include <sys/prctl.h>
#include <sys/stat.h>

#include <csignal>
#include <exception>
#include <optional>
#include <utility>

#include "build/build.h"
#include "sandbox/sandbox.h"
#include "scenario/protocol.h"
#include "scenario/run.h"

namespace plumbline::scenario {
namespace {

void GoOn(int) {}

// What our parent ignores or blocks would be inherited by every program that we start: a Python
// script, for one, ignores SIGPIPE for its children. Two we must not die of, an interrupt (it is
// for the program, which ends us) and a write to a student who left: by a handler, since a child
// inherits SIG_IGN.
void SetSignals() {
  for (int signal = 1; signal < NSIG; ++signal) ::signal(signal, SIG_DFL);
  struct sigaction action{};
  action.sa_handler = GoOn;
  action.sa_flags = SA_RESTART;
  for (const int signal : {SIGINT, SIGPIPE}) ::sigaction(signal, &action, nullptr);
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
}

Status Pin(int cpu) {
  cpu_set_t set;
  CPU_ZERO(&set);
  CPU_SET(static_cast<size_t>(cpu), &set);
  if (::sched_setaffinity(0, sizeof(set), &set) < 0) return ErrnoError("sched_setaffinity");
  return {};
}

Status SetUp(int cpu) {
  if (cpu < 0 || cpu >= CPU_SETSIZE) return Fail("there is no processor " + std::to_string(cpu));
  // Nobody would read our answers then.
  if (::prctl(PR_SET_PDEATHSIG, SIGKILL) < 0) return ErrnoError("PR_SET_PDEATHSIG");
  SetSignals();
  ::umask(022);
  // Slower, but not wrong.
  if (const Status pinned = Pin(cpu); !pinned) spdlog::warn("{}", pinned.error().ToString());
  return {};
}

class Supervisor {
 public:
  explicit Supervisor(int socket) : socket_(socket) {}

  // Until the socket ends.
  Status AnswerTasks() {
    while (true) {
      Result<std::optional<Task>> task = ReceiveTask(socket_);
      if (task && !*task) return {};
      const Answer answer = task ? Perform(**task) : Answer(task.error());
      TRY(Reply(answer));
      if (!task) continue;
      PrepareAfter(**task);
      // What it entered leads nowhere, and there is no way back.
      if (std::holds_alternative<Offer>(**task) && std::holds_alternative<Error>(answer)) return {};
    }
  }

 private:
  Answer Perform(const Task& task) {
    try {
      return std::visit([&](const auto& what) { return Do(what); }, task);
    } catch (const std::exception& error) {
      return Error{std::string("a supervisor failed: ") + error.what(),
                   "run it again with --verbose"};
    }
  }

  Answer Do(const build::Request& request) {
    spdlog::debug("building {} files of {}", request.submission.files.size(), request.language);
    if (const Status entered = Enter(request.rung); !entered) return entered.error();
    Result<build::Report> report = build::Build(request);
    if (!report) return report.error();
    return *std::move(report);
  }

  Answer Do(const Plan& plan) {
    spdlog::debug("running scenario {} of {}", plan.scenario.name, plan.exercise);
    if (const Status entered = Enter(plan.rung); !entered) return entered.error();
    return Run(plan, workbench_);
  }

  Answer Do(const Offer& offer) {
    if (const Status entered = Enter(sandbox::Rung::kA); !entered) return entered.error();
    const Result<sandbox::Rung> rung = workbench_.pool.Offer(offer.hidden_paths);
    if (!rung) return rung.error();
    return Offered{*rung};
  }

  // Rungs A and B are made of namespaces, the others are the account's own processes. A supervisor
  // is for one or the other: neither way leads back.
  Status Enter(sandbox::Rung rung) {
    const bool apart = rung == sandbox::Rung::kA || rung == sandbox::Rung::kB;
    if (!entered_) {
      entered_ = apart ? sandbox::EnterSupervisorNamespaces() : sandbox::EnterSharedWorld();
      is_apart_ = apart;
    }
    if (apart != is_apart_) return Fail("a supervisor was asked for two ways of isolation");
    return *entered_;
  }

  // An answer that is too large for a frame, or for this machine, is still answered.
  Status Reply(const Answer& answer) {
    const Status sent = SendAnswer(socket_, answer);
    if (sent || sent.error().code == EPIPE) return sent;
    return SendAnswer(socket_, sent.error());
  }

  // While the program looks at the answer.
  void PrepareAfter(const Task& task) {
    const auto* plan = std::get_if<Plan>(&task);
    if (plan != nullptr && plan->followed)
      workbench_.pool.Prepare(
          {.rung = plan->rung, .limits = {}, .hidden_paths = plan->hidden_paths});
  }

  int socket_;
  std::optional<Status> entered_;
  bool is_apart_ = true;
  Workbench workbench_;
};

}  // namespace

int Supervise(int socket, int cpu) {
  if (const Status ready = SetUp(cpu); !ready) {
    spdlog::error("{}", ready.error().ToString());
    return 1;
  }
  const Status ended = Supervisor(socket).AnswerTasks();
  if (!ended) spdlog::error("{}", ended.error().ToString());
  return ended ? 0 : 1;
}

}  // namespace plumbline::scenario
