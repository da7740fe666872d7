// SPDX-License-Identifier: MIT
// What tests here share: accounts, processes and folders of their own.
#pragma once

#include <grp.h>
#include <gtest/gtest.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "tests/hostile/pen.h"

namespace plumbline::hostile {

// Where an attack is tried.
struct Stand {
  std::string name;
  std::string rung;
  bool unprivileged = false;
};
inline std::vector<Stand> Stands() {
  if (::geteuid() != 0) return {{"own account", "auto"}};
  return {{"root on A", "A"}, {"root on B", "B"}, {"no privileges on B", "B", true}};
}

// Those without namespaces: root becomes nobody there.
inline std::vector<Stand> SharedStands() {
  if (::geteuid() != 0) return {{"own account on C", "C"}};
  return {{"root on C", "C"}, {"no privileges on C", "C", true}};
}

// The status of a child that has skipped.
constexpr int kSkipped = 77;

// Does `body` in a child process, whose failures count here: it changes accounts and namespaces.
inline void InChild(const std::function<void()>& body) {
  ::fflush(nullptr);
  const pid_t child = ::fork();
  if (child == 0) {
    body();
    ::fflush(nullptr);
    ::_exit(::testing::Test::IsSkipped() ? kSkipped : ::testing::Test::HasFailure() ? 1 : 0);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  Pen::RemoveOf(child);
  ASSERT_TRUE(WIFEXITED(status)) << "killed by " << WTERMSIG(status);
  if (WEXITSTATUS(status) == kSkipped) GTEST_SKIP() << "needs: what the skipped part says above";
  EXPECT_EQ(WEXITSTATUS(status), 0) << "see above";
}

// What is looked at shall change by nobody else's doing.
inline void LeaveTheOthers() {
  ::prctl(PR_SET_CHILD_SUBREAPER, 1);
  if (::geteuid() != 0) return;
  ASSERT_EQ(::unshare(CLONE_NEWIPC | CLONE_NEWUTS), 0);
}

inline void BecomeNobody() {
  constexpr unsigned kNobody = 65534;
  ASSERT_EQ(::setgroups(0, nullptr), 0);
  ASSERT_EQ(::setresgid(kNobody, kNobody, kNobody), 0);
  ASSERT_EQ(::setresuid(kNobody, kNobody, kNobody), 0);
  ::prctl(PR_SET_DUMPABLE, 1);
}

// A folder of a test's own, gone afterwards.
class Folder {
 public:
  Folder() {
    std::string name = ::testing::TempDir() + "plumbline-hostile-XXXXXX";
    path_ = ::mkdtemp(name.data());
    std::filesystem::permissions(path_, std::filesystem::perms(0755));
    std::filesystem::create_directory(path_ / "outside");
    std::filesystem::permissions(path_ / "outside", std::filesystem::perms(0777));
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace plumbline::hostile
