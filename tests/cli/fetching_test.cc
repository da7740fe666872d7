// SPDX-License-Identifier: MIT
// Repositories on this machine, fetched by the real git and by ones that misbehave.
#include "cli/fetching.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <fstream>

#include "cli/git.h"
#include "tests/support/command.h"

namespace plumbline::cli {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class Fetched : public ::testing::Test {
 protected:
  Fetched() {
    std::string name = ::testing::TempDir() + "plumbline-fetched-XXXXXX";
    folder_ = ::mkdtemp(name.data());
    options_ = {.git = FindGit().value_or(""), .folder = folder_ / "into"};
    fs::create_directory(options_.folder);
  }
  ~Fetched() override { fs::remove_all(folder_); }

  // A repository with what the shell's lines leave.
  gradebook::Repository Made(const std::string& name, const std::string& lines) const {
    const testing::Ran ran = testing::Run(
        {"env", "-C", folder_.string(), "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_NOSYSTEM=1",
         "bash", "-ec",
         "git init -q -b main " + name + "; cd " + name + "\n" + lines +
             "\ngit add -A; git -c user.name=a -c user.email=a commit -q -m x --allow-empty"});
    EXPECT_EQ(ran.status, 0) << ran.err;
    return {name, (folder_ / name).string(), "HEAD", 1};
  }
  fs::path Script(const std::string& text) const {
    std::ofstream(folder_ / "git") << "#!/bin/bash\n" << text;
    fs::permissions(folder_ / "git", fs::perms::owner_all);
    return folder_ / "git";
  }
  std::string FailureOf(const gradebook::Repository& one) const {
    const auto all = FetchAll({one}, options_);
    if (!all || all->size() != 1 || all->front()) return "";
    return all->front().error().message;
  }

  fs::path folder_;
  FetchingOptions options_;
};

TEST_F(Fetched, HasTheFilesOfEach) {
  std::vector<gradebook::Repository> list;
  for (int i = 0; i < 20; ++i)
    list.push_back(Made("r" + std::to_string(i), "echo " + std::to_string(i) + " >main.sh"));
  std::vector<size_t> seen;
  options_.progress = [&](size_t done, size_t) { seen.push_back(done); };
  const auto commits = FetchAll(list, options_);
  ASSERT_TRUE(commits);
  ASSERT_EQ(commits->size(), 20U);
  EXPECT_EQ(seen.size(), 20U);
  for (size_t i = 0; i < list.size(); ++i) {
    ASSERT_TRUE((*commits)[i]) << (*commits)[i].error().message;
    EXPECT_EQ((*commits)[i]->size(), 40U);
    std::ifstream file(options_.folder / std::to_string(i) / "main.sh");
    size_t content = 99;
    file >> content;
    EXPECT_EQ(content, i);
  }
  // No repository, archive or log is left.
  for (const auto& entry : fs::directory_iterator(options_.folder))
    EXPECT_FALSE(entry.path().has_extension()) << entry.path();
}

TEST_F(Fetched, IsBounded) {
  const auto large = Made("large", "head -c 3000000 /dev/urandom >main.c");
  options_.most = MiB(1);
  EXPECT_THAT(FailureOf(large), AllOf(HasSubstr("/large: "), HasSubstr("more than 1 MiB")));
}

TEST_F(Fetched, IsNotWaitedForForEver) {
  options_.git = Script("exec sleep infinity\n");
  options_.patience = std::chrono::milliseconds(50);
  EXPECT_THAT(FailureOf({"anna", "x", "HEAD", 1}), HasSubstr("x: git was not done within 50 ms"));
}

TEST_F(Fetched, SaysWhatGitSaid) {
  options_.git = Script("printf 'hint: no\\nfatal: it is \\e[31mred\\n' >&2; exit 1\n");
  EXPECT_EQ(FailureOf({"anna", "https://me:secret@host/x", "HEAD", 1}),
            "https://host/x: it is \\x1b[31mred");
  options_.git = folder_ / "none";
  EXPECT_THAT(FailureOf({"anna", "x", "HEAD", 1}), HasSubstr("/none: No such file or directory"));
}

// Who asks the program to end is not made to wait.
TEST_F(Fetched, EndsBySignal) {
  options_.git = Script("kill -INT $PPID\nexec sleep infinity\n");
  const auto all = FetchAll({{"anna", "x", "HEAD", 1}}, options_);
  ASSERT_FALSE(all);
  EXPECT_EQ(all.error().status, 128 + SIGINT);
}

TEST(Git, GetsNothingOfItsSurroundings) {
  ::setenv("GIT_DIR", "/elsewhere", 1);
  ::setenv("GIT_SSH_COMMAND", "ssh -v", 1);
  ::setenv("GIT_CONFIG_GLOBAL", "/mine", 1);
  EXPECT_THAT(GitEnvironment(true),
              AllOf(Contains("GIT_TERMINAL_PROMPT=0"), Contains("GIT_CONFIG_NOSYSTEM=1"),
                    Contains("GIT_SSH_COMMAND=ssh -v"), Contains("GIT_CONFIG_GLOBAL=/mine"),
                    Not(Contains("GIT_DIR=/elsewhere"))));
  EXPECT_THAT(GitEnvironment(false), AllOf(Contains("GIT_CONFIG_GLOBAL=/dev/null"),
                                           Not(Contains("GIT_CONFIG_GLOBAL=/mine"))));
  ::unsetenv("GIT_DIR");
  ::unsetenv("GIT_SSH_COMMAND");
  ::unsetenv("GIT_CONFIG_GLOBAL");
}

TEST(Git, IsFoundInThePath) {
  const std::string path = ::getenv("PATH");
  EXPECT_TRUE(FindGit());
  ::setenv("PATH", "/nowhere:relative:", 1);
  EXPECT_FALSE(FindGit());
  ::setenv("PATH", path.c_str(), 1);
}

TEST(Git, ShowsNoPassword) {
  EXPECT_EQ(WithoutPassword("https://me:pw@host/x@y"), "https://host/x@y");
  EXPECT_EQ(WithoutPassword("https://token@host"), "https://host");
  EXPECT_EQ(WithoutPassword("ssh://git@host/x"), "ssh://git@host/x");
  EXPECT_EQ(WithoutPassword("ssh://git:pw@host/x"), "ssh://host/x");
  EXPECT_EQ(WithoutPassword("git@host:x"), "git@host:x");
  EXPECT_EQ(WithoutPassword("https://host/a@b"), "https://host/a@b");
}

TEST(Git, SaysWhatFailed) {
  EXPECT_EQ(FailureIn("warning: x\nfatal: why\nmore\n"), "why");
  EXPECT_EQ(FailureIn("remote: x\nHost key verification failed.\n"),
            "Host key verification failed.");
  EXPECT_THAT(FailureIn(""), IsEmpty());
}

}  // namespace
}  // namespace plumbline::cli
