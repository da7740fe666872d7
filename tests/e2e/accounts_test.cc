// SPDX-License-Identifier: MIT
// The installed tree, by its owner and by an account without privileges: the same verdicts.
#include <gmock/gmock.h>

#include "program.h"

namespace plumbline::e2e {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using ::testing::HasSubstr;

// One for all tests of a process.
class Installed : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    prefix_ = new Folder;
    const Ran ran =
        testing::Run({"cmake", "--install", PLUMBLINE_BUILD, "--prefix", prefix_->path().string()});
    ASSERT_EQ(ran.status, 0) << ran.err;
  }
  static void TearDownTestSuite() { delete std::exchange(prefix_, nullptr); }

  static fs::path Path(const std::string& name) { return prefix_->path() / name; }
  // From a folder where there is nothing, with an environment that has nothing.
  static Ran Do(std::vector<std::string> arguments, std::vector<std::string> account = {}) {
    const std::vector<std::string> clean{
        "env", "-i", "-C", "/", "LANG=C.UTF-8", "HOME=/nonexistent", Path("bin/plumbline")};
    account.insert(account.end(), clean.begin(), clean.end());
    account.insert(account.end(), arguments.begin(), arguments.end());
    return testing::Run(std::move(account));
  }

 private:
  static inline Folder* prefix_ = nullptr;
};

// Nobody's number.
const std::vector<std::string> kSomebody{"setpriv", "--reuid", "64321",
                                         "--regid", "64321",   "--clear-groups"};

TEST_F(Installed, HasAllThatIsPromised) {
  for (const char* name :
       {"bin/plumbline", "share/plumbline/exercises/pipe-chain/exercise.yaml",
        "share/plumbline/exercise.schema.json", "share/locale/ca/LC_MESSAGES/plumbline.mo",
        "share/locale/es/LC_MESSAGES/plumbline.mo", "share/man/man1/plumbline.1",
        "share/bash-completion/completions/plumbline"})
    EXPECT_TRUE(fs::exists(Path(name))) << name;
  EXPECT_EQ(json::parse(Content(Path("share/plumbline/exercise.schema.json"))),
            json::parse(Do({"schema"}).out));
  EXPECT_THAT(Content(Path("share/man/man1/plumbline.1")), HasSubstr(".TH"));
}

TEST_F(Installed, ChecksById) {
  const Ran ran = Do({"check", "pipe-chain",
                      Path("share/plumbline/exercises/pipe-chain/solutions/py"), "--lang", "ca"});
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("Punts: "));
  EXPECT_FALSE(fs::exists("/nonexistent")) << "a home was made";
  EXPECT_THAT(Do({"list"}).out, HasSubstr("sigusr1"));
}

TEST_F(Installed, WhatThisAccountMayNotReadIsToldSo) {
  if (::geteuid() != 0) GTEST_SKIP() << "needs: root, to become another account";
  const Folder folder;
  folder.Write("closed/main.c", "");
  fs::permissions(folder.path() / "closed", fs::perms(0700));
  const Ran submission = Do({"check", "pipe-chain", folder.path() / "closed"}, kSomebody);
  EXPECT_EQ(submission.status, 2);
  EXPECT_THAT(submission.err, HasSubstr("closed: Permission denied"));
  const Ran list = Do({"list", folder.path() / "closed"}, kSomebody);
  EXPECT_EQ(list.status, 2);
  EXPECT_THAT(list.err, HasSubstr("cannot be read"));
  const Ran record =
      Do({"check", "pipe-chain", Path("share/plumbline/exercises/pipe-chain/solutions/py"),
          "--record", folder.path() / "runs"},
         kSomebody);
  EXPECT_EQ(record.status, 3);
  EXPECT_THAT(record.err, HasSubstr("runs: Permission denied\n  "));
}

class Accounts : public Installed, public ::testing::WithParamInterface<std::string> {
 protected:
  static json GradeOf(const fs::path& submission, const std::vector<std::string>& account) {
    const Ran ran = Do({"check", "--json", GetParam(), submission}, account);
    EXPECT_LE(ran.status, 1) << ran.err;
    return ran.out.empty() ? json::object() : json::parse(ran.out);
  }
  // The first by name.
  static fs::path OneOf(const fs::path& folder) {
    std::set<fs::path> all;
    for (const auto& entry : fs::directory_iterator(folder)) all.insert(entry.path());
    return *all.begin();
  }
};

TEST_P(Accounts, AllGetTheSameVerdict) {
  if (::geteuid() != 0) GTEST_SKIP() << "needs: root, to become another account";
  const fs::path exercise = Path("share/plumbline/exercises") / GetParam();
  for (const fs::path& submission : {OneOf(exercise / "solutions"), OneOf(exercise / "wrong")}) {
    const json ours = GradeOf(submission, {});
    const json theirs = GradeOf(submission, kSomebody);
    ASSERT_TRUE(ours.contains("checks") && theirs.contains("checks")) << submission;
    EXPECT_EQ(LossesIn(ours), LossesIn(theirs)) << submission;
    EXPECT_EQ(ours.at("points"), theirs.at("points"));
    EXPECT_EQ(theirs.at("isolation"), "B");
  }
}

std::vector<std::string> Exercises() {
  std::vector<std::string> ids;
  for (const auto& entry : fs::directory_iterator(kExercises)) {
    if (fs::exists(entry.path() / "exercise.yaml")) ids.push_back(entry.path().filename());
  }
  return ids;
}

std::string NameOf(const ::testing::TestParamInfo<std::string>& info) {
  std::string name = info.param;
  std::ranges::replace(name, '-', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Each, Accounts, ::testing::ValuesIn(Exercises()), NameOf);

}  // namespace
}  // namespace plumbline::e2e
