// SPDX-License-Identifier: MIT
// A program on a terminal is a foreground job of a shell that stays.
#include <sys/ptrace.h>

#include <cerrno>
#include <csignal>

#include "tests/sandbox/harness.h"

namespace plumbline::sandbox::testing {
namespace {

using ::testing::HasSubstr;
using OnTerminal = SandboxTest;
FOR_EACH_ACCOUNT(OnTerminal);

// Reads the screen until `text` has appeared.
std::string ReadUntil(const UniqueFd& master, const std::string& text) {
  std::string screen;
  while (screen.find(text) == std::string::npos) {
    pollfd source{master.get(), POLLIN, 0};
    char buffer[4096];
    if (::poll(&source, 1, 60000) != 1) break;
    const ssize_t count = ::read(master.get(), buffer, sizeof buffer);
    if (count <= 0) break;
    screen.append(buffer, static_cast<size_t>(count));
  }
  return screen;
}

Program Job(const Sandbox::Terminal& terminal, std::vector<std::string> argv) {
  Program program{.argv = std::move(argv), .env = {"PATH=/usr/bin", "TERM=xterm"}};
  program.terminal = terminal.slave.get();
  program.filter = PolicyFilter();
  return program;
}

TEST_P(OnTerminal, IsAForegroundJobThatStopsAndGoesOn) {
  InSandbox([](Sandbox& box) {
    const auto terminal = box.OpenTerminal();
    ASSERT_OK(terminal);
    const std::string bytes = TraceeBytes("show_job");
    const FileToMake file{.path = "/program/show_job", .content = bytes, .mode = 0755};
    ASSERT_OK(box.PutFiles({&file, 1}));
    auto started = box.Start(Job(*terminal, {"/program/show_job"}));
    ASSERT_OK(started);
    const pid_t pid = started->host_pid.value;
    EXPECT_NE(started->session_leader.value, 0);
    EXPECT_NE(started->session_leader, started->host_pid);
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
    EXPECT_EQ(ReadUntil(terminal->master, "continued\r\n"),
              "terminal 1\r\nforeground 1\r\nown group 1\r\nsession of parent 1\r\ncontinued\r\n");
    const auto end = box.WaitFor(*started, kFar);
    ASSERT_OK(end);
    EXPECT_EQ((*end)->status, 0);
  });
}

TEST_P(OnTerminal, CtrlCReachesItAndNotItsShell) {
  InSandbox([](Sandbox& box) {
    const auto terminal = box.OpenTerminal();
    ASSERT_OK(terminal);
    auto started = box.Start(Job(*terminal, {"cat"}));
    ASSERT_OK(started);
    ASSERT_OK(started->Proceed());
    ASSERT_EQ(::write(terminal->master.get(), "line\n", 5), 5);
    // Once as the echo, once from cat.
    EXPECT_THAT(ReadUntil(terminal->master, "line\r\nline\r\n"), HasSubstr("line"));
    ASSERT_EQ(::write(terminal->master.get(), "\x03", 1), 1);
    const auto end = box.WaitFor(*started, kFar);
    ASSERT_OK(end);
    ASSERT_TRUE(end->has_value());
    EXPECT_EQ((*end)->killed_by, SIGINT);
    EXPECT_EQ(::kill(started->session_leader.value, 0), 0);
  });
}

TEST_P(OnTerminal, TheShellKeepsItOpen) {
  InSandbox([](Sandbox& box) {
    auto terminal = box.OpenTerminal();
    ASSERT_OK(terminal);
    auto started = box.Start(Job(*terminal, {"true"}));
    ASSERT_OK(started);
    terminal->slave.Reset();
    ASSERT_OK(started->Proceed());
    ASSERT_OK(box.WaitFor(*started, kFar));
    char byte = 0;
    EXPECT_EQ(::read(terminal->master.get(), &byte, 1), -1);
    EXPECT_EQ(errno, EAGAIN);
  });
}

TEST_P(OnTerminal, HasASizeAndAName) {
  InSandbox([](Sandbox& box) {
    const auto terminal = box.OpenTerminal();
    ASSERT_OK(terminal);
    auto started = box.Start(Job(*terminal, {"sh", "-c", "stty size; tty; echo x > /dev/tty"}));
    ASSERT_OK(started);
    ASSERT_OK(started->Proceed());
    EXPECT_EQ(ReadUntil(terminal->master, "x\r\n"), "24 80\r\n/dev/pts/0\r\nx\r\n");
    ASSERT_OK(box.WaitFor(*started, kFar));
  });
}

TEST_P(OnTerminal, NothingElseLeaksIn) {
  InSandbox([](Sandbox& box) {
    const auto terminal = box.OpenTerminal();
    ASSERT_OK(terminal);
    const std::string bytes = TraceeBytes("list_fds");
    const FileToMake file{.path = "/program/list_fds", .content = bytes, .mode = 0755};
    ASSERT_OK(box.PutFiles({&file, 1}));
    auto started = box.Start(Job(*terminal, {"/program/list_fds"}));
    ASSERT_OK(started);
    ASSERT_OK(started->Proceed());
    EXPECT_EQ(ReadUntil(terminal->master, "\n"), "0 1 2\r\n");
    ASSERT_OK(box.WaitFor(*started, kFar));
  });
}

TEST_P(OnTerminal, FailuresComeUpTheGate) {
  InSandbox([](Sandbox& box) {
    const auto terminal = box.OpenTerminal();
    ASSERT_OK(terminal);
    auto first = box.Start(Job(*terminal, {"cat"}));
    ASSERT_OK(first);
    const auto second = box.Start(Job(*terminal, {"cat"}));
    ASSERT_FALSE(second.has_value());
    EXPECT_EQ(second.error().message, "cat: take the terminal: Operation not permitted");
    const auto other = box.OpenTerminal();
    ASSERT_OK(other);
    auto missing = box.Start(Job(*other, {"/none"}));
    ASSERT_OK(missing);
    ASSERT_OK(missing->Proceed());
    ASSERT_OK(box.WaitFor(*missing, kFar));
    ASSERT_TRUE(missing->Failure().has_value());
  });
}

}  // namespace
}  // namespace plumbline::sandbox::testing
