// SPDX-License-Identifier: MIT
// Births, programs replaced, ends.
#include <csignal>

#include "tests/trace/harness.h"

namespace plumbline::trace::testing {
namespace {

using record::Born;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::IsSupersetOf;
using Births = TraceTest;
using Executions = TraceTest;
using Ends = TraceTest;
FOR_EACH_ACCOUNT(Births);
FOR_EACH_ACCOUNT(Executions);
FOR_EACH_ACCOUNT(Ends);

TEST_P(Births, Threads) {
  Supervised([] {
    TracedRun run({.observed = Everything()});
    run.StartTracee("threads");
    run.RunToEnd();
    EXPECT_EQ(run.Output(), "3\n");
    EXPECT_EQ(run.recording().processes.size(), 1u);
    std::set<Pid> born;
    for (const auto* thread : run.All<record::ThreadBorn>(0)) born.insert(thread->tid);
    EXPECT_EQ(born.size(), 3u);
    // Each wrote by itself, which its events say.
    std::set<Pid> wrote;
    for (const record::Event& event : run.recording().events) {
      if (std::holds_alternative<record::Transfer>(event.what) && born.contains(event.tid))
        wrote.insert(event.tid);
    }
    EXPECT_THAT(wrote, ::testing::SizeIs(::testing::Ge(1u)));
    uint64_t bytes = 0;
    for (const auto* transfer : run.All<record::Transfer>()) {
      if (transfer->fd == 4) bytes += transfer->bytes;
    }
    EXPECT_EQ(bytes, 3u);
  });
}

TEST_P(Births, VforkWhoseChildExits) {
  Supervised([] {
    TracedRun run;
    run.StartTracee("vfork_child");
    run.RunToEnd();
    EXPECT_EQ(run.Output(), "3\n");
    const auto born = run.All<Born>(0);
    ASSERT_EQ(born.size(), 1u);
    EXPECT_EQ(born[0]->how, Born::How::kVfork);
    EXPECT_EQ(run.EndOf(1)->status, 3);
    EXPECT_EQ(run.recording().processes.at(1).parent_pid.value, 2);
    EXPECT_EQ(run.recording().processes.at(1).pid.value, 3);
  });
}

TEST_P(Births, VforkWhoseChildExecutes) {
  Supervised([] {
    TracedRun run;
    run.StartTracee("vfork_child", {"exec"});
    run.RunToEnd();
    EXPECT_EQ(run.Output(), "0\n");
    EXPECT_THAT(run.Story(), Contains("1 executes /bin/true"));
  });
}

TEST_P(Births, PosixSpawn) {
  Supervised([] {
    TracedRun run;
    run.StartTracee("spawn");
    run.RunToEnd();
    EXPECT_EQ(run.Output(), "0 ENOENT\n");
    EXPECT_THAT(run.Story(),
                IsSupersetOf({"1 executes /bin/true", "1 exits 0", "2 executes /none = ENOENT"}));
    EXPECT_EQ(run.All<record::Reaped>(0).size(), 2u);
  });
}

// Its flags lie in memory, where no filter sees them: the C library does without.
TEST_P(Births, Clone3IsUnknown) {
  Supervised([] {
    TracedRun run;
    run.StartTracee("one_call", {"435"});
    run.RunToEnd();
    EXPECT_EQ(run.Output(), "ENOSYS\n");
  });
}

TEST_P(Births, AFailedForkIsACall) {
  Supervised([] {
    sandbox::Limits limits;
    limits.processes = 6;
    TracedRun run({.limits = limits});
    run.StartTracee("fork_until_refused");
    run.RunToEnd();
    EXPECT_THAT(run.Output(), ::testing::EndsWith(" EAGAIN\n"));
    const auto failed = run.Calls("clone", 0);
    ASSERT_EQ(failed.size(), 1u);
    EXPECT_EQ(failed[0]->error, EAGAIN);
    EXPECT_EQ(failed[0]->family, "fork");
    EXPECT_EQ(std::to_string(run.All<Born>(0).size()) + " EAGAIN\n", run.Output());
  });
}

TEST_P(Executions, PathArgumentsEnvironment) {
  Supervised([] {
    TracedRun run;
    run.StartTracee("exec_echo", {"x"});
    run.RunToEnd();
    const auto executed = run.All<record::Executed>(0);
    ASSERT_EQ(executed.size(), 2u);
    EXPECT_EQ(executed[0]->path, "/program/exec_echo");
    EXPECT_THAT(executed[0]->argv, ElementsAre("/program/exec_echo", "x"));
    EXPECT_THAT(executed[0]->env, ElementsAre("PATH=/usr/bin:/bin", "LANG=C.UTF-8"));
    EXPECT_EQ(executed[1]->path, "/bin/echo");
    EXPECT_THAT(executed[1]->argv, ElementsAre("echo", "a b", "", "c"));
    EXPECT_THAT(executed[1]->env, ElementsAre("A=1", "EMPTY="));
    EXPECT_EQ(run.tracer().processes()[0].program, "echo");
    EXPECT_EQ(run.tracer().processes()[0].executable, "/usr/bin/echo");
  });
}

TEST_P(Executions, LongArguments) {
  Supervised([] {
    TracedRun run;
    const std::string longest(100'000, 'a');
    std::vector<std::string> argv{"sh", "-c", "exec true \"$@\"", "sh", longest};
    for (int i = 0; i < 1000; ++i) argv.push_back(std::to_string(i));
    run.StartCommand(argv);
    run.RunToEnd();
    const auto executed = run.All<record::Executed>(0);
    ASSERT_EQ(executed.size(), 2u);
    EXPECT_EQ(executed[0]->argv, argv);
    ASSERT_EQ(executed[1]->argv.size(), 1002u);
    EXPECT_EQ(executed[1]->argv[1], longest);
    EXPECT_EQ(executed[1]->argv.back(), "999");
  });
}

TEST_P(Executions, ThatFail) {
  Supervised([] {
    TracedRun run;
    run.StartTracee("exec_fails");
    run.RunToEnd();
    EXPECT_EQ(run.Output(), "ENOENT EACCES ENOENT\n");
    EXPECT_THAT(
        run.Story(),
        ElementsAre("-1 makes 0", "0 executes /program/exec_fails", "0 executes /none = ENOENT",
                    "0 executes /etc/passwd = EACCES", "0 executes /usr/bin/nowhere = ENOENT",
                    "0 executes /bin/nowhere = ENOENT", "0 exits 0"));
    const auto executed = run.All<record::Executed>(0);
    EXPECT_THAT(executed.at(1)->argv, ElementsAre("prog", "one argument", ""));
    EXPECT_THAT(executed.at(1)->env, ElementsAre("A=1", "B="));
  });
}

TEST_P(Executions, FromAnotherThreadThanTheFirst) {
  Supervised([] {
    TracedRun run({.observed = Everything()});
    run.StartTracee("exec_from_thread");
    run.RunToEnd();
    EXPECT_EQ(run.Output(), "replaced\n");
    EXPECT_THAT(run.Story(), IsSupersetOf({"0 executes /bin/echo", "0 exits 0"}));
    EXPECT_EQ(run.All<record::Exited>().size(), 1u);
    EXPECT_EQ(run.recording().processes.size(), 1u);
  });
}

TEST_P(Ends, AChildThatOutlivesItsParentIsInits) {
  Supervised([] {
    TracedRun run;
    run.StartTracee("orphan");
    run.RunToEnd();
    EXPECT_EQ(run.Output(), "init\n");
    EXPECT_EQ(run.All<record::Adopted>(1).at(0)->by, record::kGrader);
    EXPECT_THAT(run.All<record::Reaped>(), IsEmpty());
  });
}

TEST_P(Ends, OrAnAncestorsThatWantsIt) {
  Supervised([] {
    TracedRun run;
    run.StartTracee("orphan", {"keep"});
    run.RunToEnd();
    EXPECT_EQ(run.Output(), "first\n");
    EXPECT_EQ(run.All<record::Adopted>(2).at(0)->by, 0);
    std::vector<ProcessIndex> reaped;
    for (const auto* reap : run.All<record::Reaped>(0)) reaped.push_back(reap->child);
    EXPECT_THAT(reaped, ElementsAre(1, 2));
  });
}

TEST_P(Ends, OfTheFirstThreadIsNotThatOfTheProcess) {
  Supervised([] {
    TracedRun run({.observed = Everything()});
    run.StartTracee("first_thread_leaves");
    run.RunToRest(Rest::kBlocked);
    EXPECT_EQ(run.EndOf(0), nullptr);
    // Also to who had not opened its files before it was a zombie.
    for (const auto& [host, task] : run.tracer().tasks()) task->proc_syscall.Reset();
    EXPECT_THAT(run.Watch(3), ::testing::ElementsAre(::testing::Pair(Rest::kBlocked, 3)));
    const record::Snapshot snapshot = run.TakeSnapshot();
    const record::ProcessStateAt& state = snapshot.processes.at(0);
    EXPECT_EQ(state.state, record::ProcessState::kAsleep);
    ASSERT_EQ(state.threads.size(), 1u);
    EXPECT_EQ(state.threads[0].blocked->call, "pause");
    EXPECT_THAT(state.descriptors, ::testing::SizeIs(5));
    ASSERT_TRUE(run.tracer().Signal(run.tracer().process(0), SIGTERM).has_value());
    run.RunToEnd();
    EXPECT_EQ(run.EndOf(0)->killed_by, SIGTERM);
  });
}

// Children whose parent is killed inside fork(), children killed before their first stop: none is
// lost.
TEST_P(Ends, NobodyIsLostWhenForkingProcessesAreKilled) {
  Supervised([] {
    TracedRun run;
    run.StartTracee("fork_under_fire", {"100"});
    run.RunToEnd();
    EXPECT_EQ(run.Output(), "done\n");
    const auto& processes = run.recording().processes;
    EXPECT_EQ(run.All<record::Exited>().size(), processes.size());
    std::set<pid_t> numbers;
    for (const record::Process& process : processes) numbers.insert(process.pid.value);
    EXPECT_FALSE(numbers.contains(0));
    EXPECT_EQ(numbers.size(), processes.size());
  });
}

// A recording cannot have less than none.
TEST_P(Ends, ProcessorTimeIsNeverLessThanNone) {
  Supervised([] {
    for (int i = 0; i < 20; ++i) {
      TracedRun run;
      run.StartTracee("sleep_long", {"1000"});
      if (i % 2 == 0) run.RunToRest(Rest::kAsleep);
      ASSERT_TRUE(run.tracer().Signal(run.tracer().process(0), SIGKILL).has_value());
      run.RunToEnd();
      EXPECT_GE(run.tracer().ProcessorTime(), Duration{});
    }
  });
}

TEST_P(Ends, ProcessorTimeOfAKilledProcessIsKnown) {
  Supervised([] {
    TracedRun run;
    run.StartTracee("spin");
    run.RunToRest(Rest::kSpinning);
    const Process& process = run.tracer().processes()[0];
    const Duration before = Tracer::ProcessorTimeOf(process);
    EXPECT_GE(before, std::chrono::milliseconds(100));
    ASSERT_TRUE(run.tracer().Signal(run.tracer().process(0), SIGKILL).has_value());
    run.RunToEnd();
    EXPECT_GE(process.processor + std::chrono::milliseconds(1), before);
    // But for the way to its beginning.
    EXPECT_LT(run.tracer().ProcessorTime(), process.processor);
    EXPECT_GT(run.tracer().ProcessorTime(), process.processor / 2);
    EXPECT_FALSE(run.tracer().Signal(run.tracer().process(0), SIGKILL).has_value());
  });
}

}  // namespace
}  // namespace plumbline::trace::testing
