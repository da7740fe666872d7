// SPDX-License-Identifier: MIT
// What a scenario does to programs: holds, failing calls, hidden files.
#include <sys/syscall.h>

#include <csignal>

#include "tests/trace/harness.h"
#include "trace/proc.h"

namespace plumbline::trace::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;
using Holds = TraceTest;
using Alterations = TraceTest;
FOR_EACH_ACCOUNT(Holds);
FOR_EACH_ACCOUNT(Alterations);

const Process* Find(TracedRun& run, const std::string& program) {
  for (const Process& process : run.tracer().processes()) {
    if (process.program == program) return &process;
  }
  return nullptr;
}

TEST_P(Holds, BeforeTheFirstInstruction) {
  Supervised([] {
    TracedRun run({.holds_at_start = [](const Process&) { return true; }});
    run.StartTracee("empty");
    run.RunToRest(Rest::kBlocked);
    EXPECT_TRUE(run.tracer().IsHeld(run.tracer().processes()[0]));
    EXPECT_THAT(run.Story(), ElementsAre("-1 makes 0", "0 executes /program/empty"));
    run.ReleaseAll();
    run.RunToEnd();
  });
}

TEST_P(Holds, AProgramOfAPipeline) {
  Supervised([] {
    TracedRun run({.observed = Everything(), .holds_at_start = [](const Process& process) {
                     return process.program == "sort";
                   }});
    run.StartCommand({"bash", "-c", "printf 'b\\na\\n' | sort | cat"});
    run.RunToRest(Rest::kBlocked);
    EXPECT_EQ(run.Output(), "");
    const record::Snapshot snapshot = run.TakeSnapshot();
    const Process* sort = Find(run, "sort");
    ASSERT_NE(sort, nullptr);
    bool seen = false;
    for (const auto& state : snapshot.processes) {
      if (state.process != sort->index) continue;
      seen = true;
      EXPECT_EQ(state.state, record::ProcessState::kHeld);
      EXPECT_EQ(state.executable, "/usr/bin/sort");
    }
    EXPECT_TRUE(seen);
    run.ReleaseAll();
    run.RunToEnd();
    EXPECT_EQ(run.Output(), "a\nb\n");
  });
}

Setup HoldBefore(int call) {
  return {.also = {call}, .holds_before = [call](const Process&, const Entry& entry) {
            return entry.number == call;
          }};
}

TEST_P(Holds, BeforeACall) {
  Supervised([] {
    TracedRun run(HoldBefore(SYS_pipe2));
    run.StartTracee("broken_pipe");
    run.RunToRest(Rest::kBlocked);
    EXPECT_THAT(run.Calls("pipe2"), IsEmpty());
    const record::Snapshot snapshot = run.TakeSnapshot();
    EXPECT_EQ(snapshot.processes.at(0).state, record::ProcessState::kHeld);
    EXPECT_EQ(snapshot.processes.at(0).threads.at(0).blocked->call, "pipe2");
    run.ReleaseAll();
    run.RunToEnd();
    EXPECT_EQ(run.Calls("pipe2").size(), 1u);
    EXPECT_EQ(run.EndOf(0)->killed_by, SIGPIPE);
  });
}

TEST_P(Holds, NotBeforeCallsOfTheLoader) {
  Supervised([] {
    TracedRun run(HoldBefore(SYS_openat));
    run.StartTracee("holds_descriptors");
    run.RunToRest(Rest::kBlocked);
    const Process& process = run.tracer().processes()[0];
    ASSERT_TRUE(run.tracer().IsHeld(process));
    const Task* task = run.tracer().TasksOf(process).at(0);
    EXPECT_EQ(ReadString(task->host, task->call.args[1]), "file");
  });
}

TEST_P(Holds, NotBeforeTheExecThatStartsAProgram) {
  Supervised([] {
    TracedRun run(HoldBefore(SYS_execve));
    run.StartTracee("exec_echo");
    run.RunToRest(Rest::kBlocked);
    EXPECT_THAT(run.Story(), ElementsAre("-1 makes 0", "0 executes /program/exec_echo"));
    run.ReleaseAll();
    run.RunToEnd();
    EXPECT_EQ(run.Output(), "a b  c\n");
  });
}

TEST_P(Holds, BeforeExit) {
  Supervised([] {
    TracedRun run(HoldBefore(SYS_exit_group));
    run.StartTracee("empty");
    run.RunToRest(Rest::kBlocked);
    EXPECT_EQ(run.EndOf(0), nullptr);
    run.ReleaseAll();
    run.RunToEnd();
    EXPECT_EQ(run.EndOf(0)->status, 0);
  });
}

// Who is held handles a signal and comes back to the call.
TEST_P(Holds, LetSignalsThrough) {
  Supervised([] {
    TracedRun run(HoldBefore(SYS_read));
    run.StartTracee("interrupted_read");
    run.RunToRest(Rest::kBlocked);
    EXPECT_TRUE(run.tracer().IsHeld(run.tracer().processes()[0]));
    ASSERT_TRUE(run.tracer().Signal(run.tracer().process(0), SIGUSR1).has_value());
    run.RunToRest(Rest::kBlocked);
    EXPECT_TRUE(run.tracer().IsHeld(run.tracer().processes()[0]));
    EXPECT_THAT(run.Story(), Contains("0 gets SIGUSR1: handled"));
    run.ReleaseAll();
    run.RunToEnd();
    // The handler came before the read: its byte is there.
    EXPECT_EQ(run.Output(), "1 \n");
  });
}

// Not only those that a step sends.
TEST_P(Holds, LetSignalsOfOthersThrough) {
  Supervised([] {
    TracedRun run({.holds_before = [](const Process& process, const Entry& entry) {
      return process.index == 0 && entry.number == SYS_rt_sigsuspend;
    }});
    run.StartTracee("signal_rally", {"1"});
    run.RunToRest(Rest::kBlocked);
    run.ReleaseAll();
    run.RunToEnd();
    EXPECT_EQ(run.Output(), "1\n");
  });
}

TEST_P(Holds, DoNotKeepAKillAway) {
  Supervised([] {
    TracedRun run(HoldBefore(SYS_pipe2));
    run.StartTracee("broken_pipe");
    run.RunToRest(Rest::kBlocked);
    ASSERT_TRUE(run.tracer().Signal(run.tracer().process(0), SIGKILL).has_value());
    run.RunToEnd();
    EXPECT_EQ(run.EndOf(0)->killed_by, SIGKILL);
  });
}

TEST_P(Holds, AStoppedProcessComesBackToThem) {
  Supervised([] {
    TracedRun run(HoldBefore(SYS_pipe2));
    run.StartTracee("broken_pipe");
    run.RunToRest(Rest::kBlocked);
    for (const int signal : {SIGSTOP, SIGCONT}) {
      ASSERT_TRUE(run.tracer().Signal(run.tracer().process(0), signal).has_value());
      run.RunToRest(Rest::kBlocked);
      EXPECT_EQ(run.tracer().IsHeld(run.tracer().processes()[0]), signal == SIGCONT);
    }
    run.ReleaseAll();
    run.RunToEnd();
    EXPECT_EQ(run.Calls("pipe2").size(), 1u);
  });
}

TEST_P(Alterations, CallsFail) {
  Supervised([] {
    TracedRun run({.fails_with = [](const Process&, const Entry& entry) {
      return entry.number == SYS_clone ? EAGAIN : 0;
    }});
    run.StartTracee("fork_until_refused");
    run.RunToEnd();
    EXPECT_EQ(run.Output(), "0 EAGAIN\n");
    EXPECT_EQ(run.Calls("clone").at(0)->error, EAGAIN);
    EXPECT_EQ(run.recording().processes.size(), 1u);
  });
}

TEST_P(Alterations, ExecutionsAndSignalsFailToo) {
  Supervised([] {
    TracedRun run({.fails_with = [](const Process&, const Entry& entry) {
      return entry.number == SYS_execve ? ENOMEM : entry.number == SYS_kill ? EPERM : 0;
    }});
    run.StartTracee("exec_fails");
    run.RunToEnd();
    run.StartTracee("one_call", {"62", "99", "10"});
    run.RunToEnd();
    EXPECT_EQ(run.Output(), "ENOMEM ENOMEM ENOMEM\nEPERM\n");
    EXPECT_THAT(run.Story(), Contains("0 executes /none = ENOMEM"));
    EXPECT_EQ(run.All<record::SignalSent>().at(0)->error, EPERM);
  });
}

// Of the submission's own: neither the loader nor the grader's exec is hit.
TEST_P(Alterations, DoNotHitTheLoader) {
  Supervised([] {
    TracedRun run({.also = {SYS_openat}, .fails_with = [](const Process&, const Entry& entry) {
                     return entry.number == SYS_openat ? EMFILE : 0;
                   }});
    run.StartTracee("holds_descriptors");
    run.RunToEnd();
    EXPECT_EQ(run.EndOf(0)->status, 1);
  });
}

// A call that a signal cuts and the kernel takes up again is one call.
TEST_P(Alterations, AreAskedOnceACall) {
  Supervised([] {
    int asked = 0;
    TracedRun run({.also = {SYS_poll}, .fails_with = [&asked](const Process&, const Entry& entry) {
                     asked += entry.number == SYS_poll ? 1 : 0;
                     return 0;
                   }});
    run.StartTracee("poll_forever");
    run.RunToRest(Rest::kBlocked);
    ASSERT_TRUE(run.tracer().Signal(run.tracer().process(0), SIGWINCH).has_value());
    run.RunToRest(Rest::kBlocked);
    EXPECT_EQ(asked, 1);
  });
}

TEST_P(Alterations, HiddenFilesAreNotThere) {
  Supervised([] {
    const std::vector<int> calls = CallsWithPaths();
    TracedRun run({.also = {calls.begin(), calls.end()}, .hides = [](const std::string& path) {
                     return path == "/usr/bin/sort" || path == "/bin/sort";
                   }});
    run.StartCommand({"bash", "-c",
                      "type sort; sort < /dev/null; echo $?; [ -x /usr/bin/sort ]; echo $?; ls "
                      "/bin/sort; cat < /dev/null && echo ok"});
    run.RunToEnd();
    EXPECT_EQ(run.Output(), "127\n1\nok\n");
    EXPECT_THAT(run.Errors(), ::testing::HasSubstr("sort: command not found"));
    EXPECT_THAT(run.Errors(), ::testing::HasSubstr("cannot access '/bin/sort'"));
  });
}

}  // namespace
}  // namespace plumbline::trace::testing
