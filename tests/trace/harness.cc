// SPDX-License-Identifier: MIT
#include "tests/trace/harness.h"

#include <fcntl.h>
#include <grp.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <utility>

#include "base/errno_names.h"
#include "base/signals.h"
#include "sandbox/policy.h"
#include "tests/tracees/tracees.h"
#include "trace/clock/rules.h"
#include "trace/clock/virtual_time.h"
#include "trace/filter.h"
#include "trace/snapshot.h"

namespace plumbline::trace::testing {
namespace {

using plumbline::testing::TraceeBytes;

// What a run waits at most between two looks.
constexpr int kTickMicroseconds = 1000;
constexpr Duration kTick = std::chrono::microseconds(kTickMicroseconds);

void Wake(int) {}

void Tick(int microseconds) {
  struct sigaction action{};
  action.sa_handler = Wake;  // without SA_RESTART: it ends a wait
  ::sigaction(SIGALRM, &action, nullptr);
  const itimerval every{{0, microseconds}, {0, microseconds}};
  ::setitimer(ITIMER_REAL, &every, nullptr);
}

std::string ContentOf(const UniqueFd& memory) {
  std::string content;
  char buffer[65536];
  for (off_t at = 0;;) {
    const ssize_t count = ::pread(memory.get(), buffer, sizeof buffer, at);
    if (count <= 0) return content;
    content.append(buffer, static_cast<size_t>(count));
    at += count;
  }
}

void PinToOneProcessor() {
  cpu_set_t processors;
  CPU_ZERO(&processors);
  CPU_SET(static_cast<size_t>(::sched_getcpu()), &processors);
  ::sched_setaffinity(0, sizeof processors, &processors);
}

void BecomeNobody() {
  constexpr unsigned kNobody = 65534;
  if (::setgroups(0, nullptr) < 0 || ::setresgid(kNobody, kNobody, kNobody) < 0 ||
      ::setresuid(kNobody, kNobody, kNobody) < 0)
    ::_exit(99);
  // As after an exec; else /proc/PID belongs to root.
  ::prctl(PR_SET_DUMPABLE, 1);
}

constexpr int kSkipped = 77;

[[noreturn]] void Supervise(const std::function<void()>& body, bool pinned) {
  const auto run = [&] {
    if (const Status entered = sandbox::EnterSupervisorNamespaces(); !entered)
      GTEST_SKIP() << "needs: user namespaces (" << entered.error().ToString() << ")";
    if (pinned) PinToOneProcessor();
    body();
  };
  run();
  ::fflush(nullptr);
  ::_exit(::testing::Test::IsSkipped() ? kSkipped : ::testing::Test::HasFailure() ? 1 : 0);
}

template <typename... Cases>
struct Overloaded : Cases... {
  using Cases::operator()...;
};

std::string Failure(int error) { return error == 0 ? "" : " = " + ErrnoName(error); }

std::string Word(record::SignalDelivered::Effect effect) {
  constexpr const char* kWords[] = {"handled", "ignored", "terminated", "stopped", "continued"};
  return kWords[static_cast<size_t>(effect)];
}

}  // namespace

const std::set<Facet>& Everything() {
  static const std::set<Facet> all = record::AllFacets();
  return all;
}

TracedRun::TracedRun(Setup setup) : setup_(std::move(setup)) {
  sandbox::Options options;
  options.limits = setup_.limits;
  auto box = sandbox::Sandbox::Create(options);
  if (!box) {
    ADD_FAILURE() << box.error().ToString();
    return;
  }
  box_.emplace(std::move(*box));
  recording_.header.observed = setup_.observed;
  journal_ = std::make_unique<Journal>(recording_);
  tracer_ = std::make_unique<Tracer>(*journal_, static_cast<Director&>(*this));
  auto network = LoopbackProbe::Open(box_->init(), nullptr);
  EXPECT_TRUE(network.has_value()) << network.error().ToString();
  if (network) network_ = std::move(*network);
  rest_ = std::make_unique<RestTest>(*tracer_, network_);
  input_.Reset(::open("/dev/null", O_RDONLY | O_CLOEXEC));
  output_.Reset(::memfd_create("output", MFD_CLOEXEC));
  errors_.Reset(::memfd_create("errors", MFD_CLOEXEC));
  ok_ = true;
}

TracedRun::~TracedRun() { Tick(0); }

void TracedRun::StartTracee(const std::string& name, std::vector<std::string> arguments) {
  if (!ok_) return;
  const std::string path = "/program/" + name;
  const std::string bytes = TraceeBytes(name);
  const sandbox::FileToMake file{.path = path, .content = bytes, .mode = 0755};
  const Status put = box_->PutFiles({&file, 1});
  EXPECT_TRUE(put.has_value()) << put.error().ToString();
  arguments.insert(arguments.begin(), path);
  Start({.argv = std::move(arguments)}, "submission");
}

void TracedRun::StartCommand(std::vector<std::string> argv) {
  if (ok_) Start({.argv = std::move(argv)}, "submission");
}

void TracedRun::Start(sandbox::Program program, const std::string& started_as) {
  program.env = {"PATH=/usr/bin:/bin", "LANG=C.UTF-8"};
  program.descriptors = {input_.get(), output_.get(), errors_.get()};
  UniqueFd slave;
  if (setup_.on_terminal) {
    auto terminal = box_->OpenTerminal();
    ASSERT_TRUE(terminal.has_value()) << terminal.error().ToString();
    terminal_ = std::move(terminal->master);
    slave = std::move(terminal->slave);
    program.terminal = slave.get();
  }
  std::vector<sandbox::TraceRule> rules = RulesFor(setup_.observed, setup_.also);
  std::ranges::copy(clock::Rules(true), std::back_inserter(rules));
  auto filter = sandbox::MakeFilter(rules);
  ASSERT_TRUE(filter.has_value()) << filter.error().ToString();
  program.filter = std::move(*filter);
  auto started = box_->Start(program);
  ASSERT_TRUE(started.has_value()) << started.error().ToString();
  const auto adopted =
      tracer_->Adopt(started->host_pid, started->pid, started_as, started_as, false);
  ASSERT_TRUE(adopted.has_value()) << adopted.error().ToString();
  const Status proceeded = started->Proceed();
  ASSERT_TRUE(proceeded.has_value()) << proceeded.error().ToString();
  started_.push_back(std::move(*started));
}

std::optional<Rest> TracedRun::Run(const std::set<Rest>& rests) {
  Tick(kTickMicroseconds);
  while (ok_ && !tracer_->AllEnded()) {
    if (tracer_->HandleStops() || tracer_->time().FireDue(kTick)) continue;
    if (tracer_->used_internet()) network_.Enable(tracer_->used_internet6());
    const Rest rest = rest_->Probe();
    if (rests.contains(rest)) return rest;
    if (rest == Rest::kAsleep) {
      tracer_->time().JumpTo(*tracer_->time().Next());
      tracer_->time().FireDue();
    } else {
      tracer_->WaitForStop();
    }
  }
  return std::nullopt;
}

std::map<Rest, int> TracedRun::Watch(int probes) {
  std::map<Rest, int> found;
  for (int i = 0; ok_ && i < probes && !tracer_->AllEnded(); ++i) {
    while (tracer_->HandleStops()) {
    }
    if (tracer_->used_internet()) network_.Enable(tracer_->used_internet6());
    if (!tracer_->AllEnded()) ++found[rest_->Probe()];
  }
  return found;
}

void TracedRun::RunToEnd() {
  const auto rest = Run();
  EXPECT_FALSE(rest.has_value()) << ToString(*rest) << " after\n"
                                 << ::testing::PrintToString(Story());
  for (sandbox::Started& started : started_) {
    const auto failure = started.Failure();
    EXPECT_FALSE(failure.has_value()) << failure->ToString();
  }
}

void TracedRun::RunToRest(Rest rest) {
  const auto now = Run({Rest::kBlocked, Rest::kSpinning, rest});
  EXPECT_TRUE(now.has_value() && *now == rest) << (now ? ToString(*now) : "ended") << " after\n"
                                               << ::testing::PrintToString(Story());
}

void TracedRun::ReleaseAll() {
  for (const Process& process : tracer_->processes()) {
    if (tracer_->IsHeld(process)) tracer_->Release(tracer_->process(process.index));
  }
}

record::Snapshot TracedRun::TakeSnapshot(const std::string& name) {
  return trace::TakeSnapshot(name, *tracer_, *journal_, setup_.observed, box_->init());
}

std::string TracedRun::Output() const { return ContentOf(output_); }
std::string TracedRun::Errors() const { return ContentOf(errors_); }

std::vector<const record::Call*> TracedRun::Calls(const std::string& name,
                                                  std::optional<ProcessIndex> actor) const {
  auto calls = All<record::Call>(actor);
  std::erase_if(calls, [&](const record::Call* call) { return call->name != name; });
  return calls;
}

const record::Exited* TracedRun::EndOf(ProcessIndex process) const {
  const auto ends = All<record::Exited>(process);
  return ends.empty() ? nullptr : ends.front();
}

std::vector<std::string> TracedRun::Story() const {
  std::vector<std::string> story;
  for (const record::Event& event : recording_.events) story.push_back(Told(event));
  return story;
}

bool TracedRun::HoldsAtStart(const Process& process) {
  return setup_.holds_at_start && setup_.holds_at_start(process);
}
bool TracedRun::HoldsBefore(const Process& process, const Entry& entry) {
  return setup_.holds_before && setup_.holds_before(process, entry);
}
int TracedRun::FailsWith(const Process& process, const Entry& entry) {
  return setup_.fails_with ? setup_.fails_with(process, entry) : 0;
}
bool TracedRun::Hides(const std::string& path) { return setup_.hides && setup_.hides(path); }
std::optional<int> TracedRun::ToldStatus(const Process& child) {
  return setup_.told_status ? setup_.told_status(child) : std::nullopt;
}

std::string ToString(Rest rest) {
  constexpr const char* kWords[] = {"moving", "asleep", "blocked", "spinning"};
  return kWords[static_cast<size_t>(rest)];
}

std::string Told(const record::Event& event) {
  const std::string who = std::to_string(event.actor) + " ";
  const auto told = Overloaded{
      [](const record::Born& born) { return "makes " + std::to_string(born.child); },
      [](const record::ThreadBorn&) { return std::string("makes a thread"); },
      [](const record::Executed& executed) {
        return "executes " + executed.path + Failure(executed.error);
      },
      [](const record::Exited& exited) {
        return exited.killed_by != 0 ? "dies of " + SignalName(exited.killed_by)
                                     : "exits " + std::to_string(exited.status);
      },
      [](const record::Reaped& reaped) { return "reaps " + std::to_string(reaped.child); },
      [](const record::Adopted&) { return std::string("is adopted"); },
      [](const record::Stopped& stopped) { return "stops by " + SignalName(stopped.signal); },
      [](const record::Continued&) { return std::string("continues"); },
      [](const record::SignalSent& sent) {
        std::string text = "sends " + SignalName(sent.signal) + " to";
        for (const ProcessIndex to : sent.to) text += " " + std::to_string(to);
        return text + Failure(sent.error);
      },
      [](const record::SignalDelivered& delivered) {
        return "gets " + SignalName(delivered.signal) + ": " + Word(delivered.effect) +
               (delivered.during.empty() ? "" : " in " + delivered.during);
      },
      [](const record::Call& call) {
        return call.name + (call.restarted ? " (restarted)" : "") + Failure(call.error);
      },
      [](const record::Transfer& transfer) {
        return std::string(transfer.way == record::Transfer::Way::kRead ? "reads " : "writes ") +
               std::to_string(transfer.bytes) + " on " + std::to_string(transfer.fd);
      },
      [](const record::StreamGrew& grew) { return "stream " + grew.stream; },
      [](const record::StepBegan&) { return std::string("step"); },
      [](const record::SnapshotTaken& taken) { return "snapshot " + taken.name; },
      [](const record::Cut& cut) { return "cut: " + cut.why; },
      [](const record::UnsafeCalled& unsafe) {
        return "calls " + unsafe.function + " in the handler of " + SignalName(unsafe.signal);
      },
      [](const record::ErrnoChanged& changed) {
        return "changes errno in the handler of " + SignalName(changed.signal);
      },
  };
  return who + std::visit(told, event.what);
}

void TraceTest::Supervised(const std::function<void()>& body, Processors processors) {
  if (GetParam() == Account::kUnprivileged && ::geteuid() != 0)
    GTEST_SKIP() << "needs: root, to become an account without privileges";
  ::fflush(nullptr);
  const pid_t child = ::fork();
  if (child == 0) {
    if (GetParam() == Account::kUnprivileged) BecomeNobody();
    Supervise(body, processors == Processors::kOne);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFEXITED(status)) << "killed by " << WTERMSIG(status);
  if (WEXITSTATUS(status) == kSkipped) GTEST_SKIP() << "needs: what the skipped part says above";
  EXPECT_EQ(WEXITSTATUS(status), 0) << "in the supervisor: see above";
}

}  // namespace plumbline::trace::testing
