// SPDX-License-Identifier: MIT
// From Start() to the end of a program: the gate, failures with their stage, waiting, tracing.
#include <sys/ptrace.h>
#include <sys/syscall.h>

#include <cerrno>
#include <csignal>

#include "tests/sandbox/harness.h"

namespace plumbline::sandbox::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;
using Start = SandboxTest;
FOR_EACH_ACCOUNT(Start);

TEST_P(Start, FindsTheProgramInItsOwnPath) {
  InSandbox([](Sandbox& box) {
    EXPECT_EQ(RunProgram(box, {.argv = {"echo", "hi"}, .env = {"PATH=/nowhere:/usr/bin"}}).out,
              "hi\n");
    EXPECT_THAT(RunProgram(box, {.argv = {"echo", "hi"}, .env = {"PATH=/nowhere"}}).problem,
                StartsWith("echo: execve: No such file"));
  });
}

TEST_P(Start, PathIsNotWhatTheProgramIsCalled) {
  InSandbox([](Sandbox& box) {
    EXPECT_EQ(RunProgram(box, {.argv = {"other", "-c", "echo $0"}, .path = "/bin/sh"}).out,
              "other\n");
  });
}

TEST_P(Start, FailuresNameTheirStage) {
  InSandbox([](Sandbox& box) {
    EXPECT_EQ(RunProgram(box, {.argv = {"/program/none"}}).problem,
              "/program/none: execve: No such file or directory");
    EXPECT_EQ(RunProgram(box, {.argv = {"/etc/passwd"}}).problem,
              "/etc/passwd: execve: Permission denied");
    EXPECT_EQ(RunProgram(box, {.argv = {"/bin/true"}, .directory = "/none"}).problem,
              "/bin/true: chdir: No such file or directory");
    Program bad_filter{.argv = {"/bin/true"}};
    bad_filter.filter = std::string(8, '\0');
    EXPECT_EQ(RunProgram(box, bad_filter).problem,
              "/bin/true: install the filter: Invalid argument");
  });
}

TEST_P(Start, FailureComesOnlyOnceKnown) {
  InSandbox([](Sandbox& box) {
    auto started = box.Start({.argv = {"/bin/true"}});
    ASSERT_OK(started);
    EXPECT_FALSE(started->Failure().has_value());
    ASSERT_OK(started->Proceed());
    ASSERT_OK(box.WaitFor(*started, kFar));
    EXPECT_FALSE(started->Failure().has_value());
  });
}

TEST_P(Start, WaitsAtTheGate) {
  InSandbox([](Sandbox& box) {
    const UniqueFd out = Memory();
    auto started = box.Start({.argv = {"/bin/echo", "x"}, .descriptors = {-1, out.get(), -1}});
    ASSERT_OK(started);
    EXPECT_EQ(started->pid.value, 2);
    EXPECT_EQ(::kill(started->host_pid.value, 0), 0);
    // It has asked, and can't have gone on by itself.
    const std::string comm =
        ReadProc(("/proc/" + std::to_string(started->host_pid.value) + "/comm").c_str());
    EXPECT_EQ(comm, "starting\n");
    EXPECT_EQ(ContentOf(out), "");
    ASSERT_OK(started->Proceed());
    ASSERT_OK(box.WaitFor(*started, kFar));
    EXPECT_EQ(ContentOf(out), "x\n");
  });
}

TEST_P(Start, WithoutProceedItEnds) {
  InSandbox([](Sandbox& box) {
    auto started = box.Start({.argv = {"/bin/true"}});
    ASSERT_OK(started);
    started->gate.Reset();
    const auto end = box.WaitFor(*started, kFar);
    ASSERT_OK(end);
    ASSERT_TRUE(end->has_value());
    EXPECT_EQ((*end)->status, 127);
  });
}

TEST_P(Start, ProceedTellsThatItWasKilledBefore) {
  InSandbox([](Sandbox& box) {
    auto started = box.Start({.argv = {"/bin/true"}});
    ASSERT_OK(started);
    ASSERT_EQ(RunShell(box, "kill -9 " + std::to_string(started->pid.value)).status, 0);
    ASSERT_OK(box.WaitFor(*started, kFar));
    EXPECT_THAT(started->Proceed().error().message, HasSubstr("let it go on: Broken pipe"));
  });
}

TEST_P(Start, LongCommandLinesAndEnvironmentsTravel) {
  InSandbox([](Sandbox& box) {
    const std::string argument(100000, 'a');
    const std::string variable = "LONG=" + std::string(100000, 'e');
    EXPECT_EQ(RunProgram(box, {.argv = {"/bin/sh", "-c", "echo ${#1} ${#LONG}", "sh", argument},
                               .env = {variable}})
                  .out,
              "100000 100000\n");
  });
}

TEST_P(Start, WaitingHasADeadline) {
  InSandbox([](Sandbox& box) {
    int ends[2];
    ASSERT_EQ(::pipe2(ends, O_CLOEXEC), 0);
    const UniqueFd reading(ends[0]);
    UniqueFd writing(ends[1]);
    // cat ends at once if it has no standard output.
    const UniqueFd out = Memory();
    auto started =
        box.Start({.argv = {"/bin/cat"}, .descriptors = {reading.get(), out.get(), out.get()}});
    ASSERT_OK(started);
    ASSERT_OK(started->Proceed());
    const auto not_yet = box.WaitFor(*started, std::chrono::milliseconds(1));
    ASSERT_OK(not_yet);
    EXPECT_FALSE(not_yet->has_value());
    writing.Reset();
    const auto end = box.WaitFor(*started, kFar);
    ASSERT_OK(end);
    EXPECT_TRUE(end->has_value());
  });
}

TEST_P(Start, EndsAreToldApart) {
  InSandbox([](Sandbox& box) {
    EXPECT_EQ(RunShell(box, "exit 7").status, 7);
    EXPECT_EQ(RunShell(box, "kill -USR1 $$").killed_by, SIGUSR1);
    // Not reported for orphans, in whatever order they end.
    EXPECT_EQ(RunShell(box, "(sleep 0 &) ; exit 3").status, 3);
  });
}

TEST_P(Start, OrphansAreReaped) {
  InSandbox([](Sandbox& box) {
    ASSERT_EQ(RunTracee(box, "daemon_stays").status, 0);
    // It ignores what it can, so nothing less will do.
    ASSERT_EQ(RunShell(box, "kill -9 -1; :").status, 0);
    EXPECT_EQ(RunShell(box,
                       "cd /proc; set -- [0-9]*; while [ $# -gt 2 ]; do set -- [0-9]*; done;"
                       "echo $#")
                  .out,
              "2\n");
  });
}

TEST_P(Start, CtrlZStopsWithoutATerminalToo) {
  InSandbox([](Sandbox& box) {
    // A group whose leader's parent is in another session would be orphaned, and SIGTSTP ignored.
    auto started = box.Start({.argv = {"/bin/sh", "-c", "kill -TSTP $$; exit 5"}});
    ASSERT_OK(started);
    const pid_t pid = started->host_pid.value;
    ASSERT_EQ(::ptrace(PTRACE_SEIZE, pid, nullptr, nullptr), 0) << strerror(errno);
    ASSERT_OK(started->Proceed());
    int status = 0;
    do {
      ASSERT_EQ(::waitpid(pid, &status, __WALL), pid);
      ASSERT_TRUE(WIFSTOPPED(status));
      if (status >> 16 == PTRACE_EVENT_STOP) break;
      ::ptrace(PTRACE_CONT, pid, nullptr, WSTOPSIG(status));
    } while (true);
    EXPECT_EQ(WSTOPSIG(status), SIGTSTP);
    ::ptrace(PTRACE_DETACH, pid, nullptr, nullptr);
    ::kill(pid, SIGCONT);
    const auto end = box.WaitFor(*started, kFar);
    ASSERT_OK(end);
    EXPECT_EQ((*end)->status, 5);
  });
}

// As a supervisor does: SEIZE at the gate, then a filter that stops.
TEST_P(Start, ATracerAttachesAtTheGate) {
  InSupervisor(GetParam(), [] {
    auto box = Sandbox::Create({});
    ASSERT_OK(box);
    const TraceRule rule{.call = SYS_getppid, .argument = {}};
    const std::string bytes = TraceeBytes("one_call");
    const FileToMake file{.path = "/program/one_call", .content = bytes, .mode = 0755};
    ASSERT_OK(box->PutFiles({&file, 1}));
    Program program{.argv = {"/program/one_call", std::to_string(SYS_getppid)}};
    program.filter = MakeFilter({&rule, 1}).value();
    auto started = box->Start(program);
    ASSERT_OK(started);
    const pid_t pid = started->host_pid.value;
    ASSERT_EQ(::ptrace(PTRACE_SEIZE, pid, nullptr,
                       PTRACE_O_TRACESECCOMP | PTRACE_O_EXITKILL | PTRACE_O_TRACEEXIT),
              0)
        << strerror(errno);
    ASSERT_OK(started->Proceed());
    int status = 0;
    ASSERT_EQ(::waitpid(pid, &status, __WALL), pid);
    EXPECT_EQ(status >> 8, SIGTRAP | (PTRACE_EVENT_SECCOMP << 8));
    // Destroyed with the tracee stopped: its end must not be waited for by anybody else.
  });
}

}  // namespace
}  // namespace plumbline::sandbox::testing
