// SPDX-License-Identifier: MIT
// Real sandboxes for tests: as the account that runs the tests, and, where that is root, once more
// as one without privileges.
#pragma once

#include <fcntl.h>
#include <gmock/gmock.h>
#include <grp.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/io.h"
#include "sandbox/policy.h"
#include "sandbox/pool.h"
#include "sandbox/sandbox.h"
#include "tests/tracees/tracees.h"

namespace plumbline::sandbox::testing {

using plumbline::testing::TraceeBytes;

// A deadline that only a broken test reaches.
constexpr Duration kFar = std::chrono::seconds(60);

#define ASSERT_OK(expression)                                                                 \
  do {                                                                                        \
    const auto& ok_result_ = (expression);                                                    \
    ASSERT_TRUE(ok_result_.has_value()) << #expression ": " << ok_result_.error().ToString(); \
  } while (false)

// What ran to its end wrote and how it ended.
struct Outcome {
  std::string out;
  std::string err;
  int status = -1;
  int killed_by = 0;
  std::string problem;  // of the sandbox; "" if none
};

inline UniqueFd Memory() { return UniqueFd(::memfd_create("output", MFD_CLOEXEC)); }

inline std::string ContentOf(const UniqueFd& memory) {
  std::string content;
  char buffer[65536];
  for (off_t at = 0;;) {
    const ssize_t count = ::pread(memory.get(), buffer, sizeof buffer, at);
    if (count <= 0) return content;
    content.append(buffer, static_cast<size_t>(count));
    at += count;
  }
}

inline std::string PolicyFilter() { return MakeFilter({}).value(); }

inline Outcome RunProgram(Sandbox& box, Program program) {
  const UniqueFd input(::open("/dev/null", O_RDONLY | O_CLOEXEC));
  const UniqueFd out = Memory();
  const UniqueFd err = Memory();
  if (program.env.empty()) program.env = {"PATH=/usr/bin:/bin", "LANG=C.UTF-8"};
  if (program.terminal < 0) program.descriptors = {input.get(), out.get(), err.get()};
  if (program.filter.empty()) program.filter = PolicyFilter();
  Outcome outcome;
  auto started = box.Start(program);
  if (!started) {
    outcome.problem = started.error().ToString();
    return outcome;
  }
  if (const Status proceeded = started->Proceed(); !proceeded)
    outcome.problem = proceeded.error().ToString();
  const auto end = box.WaitFor(*started, kFar);
  if (const auto failure = started->Failure()) outcome.problem = failure->ToString();
  if (!end)
    outcome.problem = end.error().ToString();
  else if (!*end)
    outcome.problem = "did not end";
  else {
    outcome.status = (*end)->status;
    outcome.killed_by = (*end)->killed_by;
  }
  outcome.out = ContentOf(out);
  outcome.err = ContentOf(err);
  return outcome;
}

inline Outcome RunShell(Sandbox& box, const std::string& script) {
  return RunProgram(box, {.argv = {"bash", "-c", script}});
}

// Runs tests/tracees/NAME with arguments.
inline Outcome RunTracee(Sandbox& box, const std::string& name,
                         std::vector<std::string> arguments = {}) {
  const std::string path = "/program/" + name;
  const std::string bytes = TraceeBytes(name);
  const FileToMake file{.path = path, .content = bytes, .mode = 0755};
  if (const Status put = box.PutFiles({&file, 1}); !put)
    return {.out = {}, .err = {}, .problem = put.error().ToString()};
  arguments.insert(arguments.begin(), path);
  return RunProgram(box, {.argv = arguments});
}

enum class Account { kOwn, kUnprivileged };
inline std::string NameOf(const ::testing::TestParamInfo<Account>& account) {
  return account.param == Account::kOwn ? "Own" : "Unprivileged";
}

// Does `body` in a child process, whose failures count here.
inline void InChild(const std::function<void()>& body) {
  ::fflush(nullptr);
  const pid_t child = ::fork();
  if (child == 0) {
    body();
    ::fflush(nullptr);
    ::_exit(::testing::Test::IsSkipped() ? 77 : ::testing::Test::HasFailure() ? 1 : 0);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFEXITED(status)) << "killed by " << WTERMSIG(status);
  if (WEXITSTATUS(status) == 77) GTEST_SKIP() << "needs: what the skipped part says above";
  EXPECT_EQ(WEXITSTATUS(status), 0) << "in a process of its own: see above";
}

// Does `body` as that account; in a child process if it is another one.
inline void As(Account account, const std::function<void()>& body) {
  if (account == Account::kOwn) {
    body();
    return;
  }
  if (::geteuid() != 0) GTEST_SKIP() << "needs: root, to become an account without privileges";
  InChild([&] {
    constexpr unsigned kNobody = 65534;
    if (::setgroups(0, nullptr) < 0 || ::setresgid(kNobody, kNobody, kNobody) < 0 ||
        ::setresuid(kNobody, kNobody, kNobody) < 0)
      ::_exit(99);
    // As after an exec; else /proc/PID belongs to root.
    ::prctl(PR_SET_DUMPABLE, 1);
    body();
  });
}

// As a supervisor of that account does, in a process of its own: in the supervisors' namespaces.
inline void InSupervisor(Account account, const std::function<void()>& body) {
  InChild([&] {
    As(account, [&] {
      if (const Status entered = EnterSupervisorNamespaces(); !entered)
        GTEST_SKIP() << "needs: user namespaces (" << entered.error().ToString() << ")";
      body();
    });
  });
}

// A test with a sandbox of rung B, as each account: a lone one and one of a supervisor's pool.
// Skips where there can't be one.
class SandboxTest : public ::testing::TestWithParam<Account> {
 protected:
  void InSandbox(const std::function<void(Sandbox&)>& body, const Options& options = {}) {
    As(GetParam(), [&] {
      auto box = Sandbox::Create(options);
      if (!box) GTEST_SKIP() << "needs: user namespaces (" << box.error().ToString() << ")";
      body(*box);
    });
    if (IsSkipped() || HasFailure()) return;
    InSupervisor(GetParam(), [&] {
      SandboxPool pool;
      auto box = pool.Take(options);
      ASSERT_OK(box);
      body(*box);
    });
  }
};

#define FOR_EACH_ACCOUNT(suite)                                                                 \
  INSTANTIATE_TEST_SUITE_P(As, suite, ::testing::Values(Account::kOwn, Account::kUnprivileged), \
                           NameOf)

}  // namespace plumbline::sandbox::testing
