// SPDX-License-Identifier: MIT
#include "report/story_setting.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/recording_builder.h"

namespace plumbline::report {
namespace {

using plumbline::testing::RecordingBuilder;
using record::Call;

// The calls that are told, by name.
std::vector<std::string> Told(const record::Recording& recording) {
  const std::vector<bool> parts = SettingUp(recording);
  std::vector<std::string> told;
  for (size_t i = 0; i < recording.events.size(); ++i) {
    const auto* call = std::get_if<Call>(&recording.events[i].what);
    if (call && !parts[i]) told.push_back(call->name);
  }
  return told;
}

Call Open(const std::string& path, const std::string& flags, int made, int error = 0) {
  return {.name = "openat",
          .family = "open",
          .args = {{"path", path}, {"flags", flags}},
          .made_fd = made,
          .error = error};
}
Call Close(int fd) { return {.name = "close", .args = {{"fd", std::to_string(fd)}}, .fd = fd}; }
Call Mask(const std::string& how, const std::string& set) {
  return {.name = "rt_sigprocmask", .args = {{"how", how}, {"set", set}}};
}
Call Action(const std::string& signal, const std::string& action) {
  return {.name = "rt_sigaction", .args = {{"signal", signal}, {"action", action}}};
}

class SettingUpTest : public ::testing::Test {
 protected:
  void Do(Call call) { b_.Event(one_, std::move(call)); }
  RecordingBuilder b_;
  const record::ProcessIndex one_ = b_.Start("submission", "/program/one");
};

TEST_F(SettingUpTest, IsALibraryFromOpenToClose) {
  Do(Open("/lib/x86_64-linux-gnu/libc.so.6", "O_RDONLY|O_CLOEXEC", 3));
  b_.Event(one_, record::Transfer{.fd = 3, .call = "read", .calls = 1, .bytes = 832});
  Do(Close(3));
  Do(Open("/usr/lib/locale/C.utf8/LC_TIME", "O_RDONLY|O_CLOEXEC", -1, ENOENT));
  Do(Close(3));  // another one, that of nothing
  const record::Recording recording = b_.Build();
  EXPECT_EQ(Told(recording), std::vector<std::string>{"close"});
}

TEST_F(SettingUpTest, IsNotAFileThatTheProgramReadsItself) {
  Do(Open("/etc/passwd", "O_RDONLY", 3));
  Do(Close(3));
  Do(Open("/etc/passwd", "O_RDONLY|O_CLOEXEC", 3));
  Do(Close(3));
  Do(Open("words", "O_RDONLY|O_CLOEXEC", 3));
  EXPECT_EQ(Told(b_.Build()), (std::vector<std::string>{"openat", "close", "openat"}));
}

TEST_F(SettingUpTest, IsTheSocketOfTheNameService) {
  Do({.name = "socket", .made_fd = 3, .made_object = 7});
  Do({.name = "connect",
      .family = "connect",
      .args = {{"address", "/var/run/nscd/socket"}},
      .fd = 3,
      .object = 7,
      .error = ENOENT});
  Do({.name = "close", .fd = 3, .object = 7});
  Do({.name = "socket", .made_fd = 3, .made_object = 8});
  EXPECT_EQ(Told(b_.Build()), std::vector<std::string>{"socket"});
}

TEST_F(SettingUpTest, IsACallThatChangesNothingAboutSignals) {
  Do(Action("SIGINT", "NULL"));
  Do(Action("SIGINT", "SIG_DFL"));
  Do(Mask("SIG_BLOCK", "NULL"));
  Do(Mask("SIG_UNBLOCK", "[SIGUSR1]"));
  EXPECT_TRUE(Told(b_.Build()).empty());
  Do(Action("SIGINT", "SIG_IGN"));
  Do(Action("SIGINT", "SIG_IGN"));
  Do(Action("SIGINT", "handler"));
  Do(Action("SIGINT", "handler"));  // it may be another one
  EXPECT_EQ(Told(b_.Build()).size(), 3u);
}

TEST_F(SettingUpTest, HandlersEndWithExecAndIgnoringDoesNot) {
  Do(Action("SIGINT", "handler"));
  Do(Action("SIGQUIT", "SIG_IGN"));
  b_.Exec(one_, "/usr/bin/cat");
  Do(Action("SIGINT", "SIG_DFL"));
  Do(Action("SIGQUIT", "SIG_IGN"));
  EXPECT_EQ(Told(b_.Build()).size(), 2u);
}

TEST_F(SettingUpTest, IsAMaskThatIsSetBackAtOnce) {
  Do(Mask("SIG_BLOCK", "[SIGCHLD]"));
  Do(Mask("SIG_SETMASK", "[]"));
  EXPECT_TRUE(Told(b_.Build()).empty());
  Do(Mask("SIG_BLOCK", "[SIGCHLD SIGINT]"));
  Do(Open("words", "O_RDONLY", 3));
  Do(Mask("SIG_SETMASK", "[]"));
  EXPECT_EQ(Told(b_.Build()),
            (std::vector<std::string>{"rt_sigprocmask", "openat", "rt_sigprocmask"}));
}

TEST_F(SettingUpTest, IsAskingAgainWhetherSomethingCame) {
  const Call in_vain{.name = "read", .family = "read", .fd = 5, .error = EAGAIN};
  for (int i = 0; i < 3; ++i) Do(in_vain);
  EXPECT_EQ(Told(b_.Build()).size(), 1u);
  b_.Event(one_, record::Transfer{.fd = 5, .call = "read", .calls = 1, .bytes = 2});
  Do(in_vain);
  EXPECT_EQ(Told(b_.Build()).size(), 2u);
}

}  // namespace
}  // namespace plumbline::report
