// SPDX-License-Identifier: MIT
#include "graders/processes/terminal_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/judging.h"
#include "tests/support/recording_builder.h"

namespace plumbline::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

record::Recording Changing(const std::string& before, const std::string& after) {
  RecordingBuilder b;
  b.TerminalSettings(before).Snapshot("start");
  b.TerminalSettings(after);
  return b.Build();
}

Use Terminal() {
  Use use(graders::processes::Terminal());
  use.With("between", Words{"start", "end"});
  return use;
}

TEST(ProcessesTerminalCheck, PassesWhenTheSettingsAreEqual) {
  EXPECT_EQ(Terminal().On(Changing("ICANON on\nIXON on\n", "ICANON on\nIXON on\n")), "pass");
}

TEST(ProcessesTerminalCheck, NamesEachSettingThatDiffers) {
  Use terminal = Terminal();
  EXPECT_EQ(terminal.On(Changing("ICANON on\nIXON on\nVMIN 1\n", "ICANON off\nIXON on\nVMIN 0\n")),
            "terminal-changed");
  EXPECT_THAT(terminal.told(), HasSubstr("not as it was found at 'start'"));
  EXPECT_THAT(terminal.told(), HasSubstr("ICANON was on, and is now off."));
  EXPECT_THAT(terminal.told(), HasSubstr("VMIN was 1, and is now 0."));
  EXPECT_THAT(terminal.told(), Not(HasSubstr("IXON was")));
}

TEST(ProcessesTerminalCheck, CannotJudgeARunWithoutATerminal) {
  EXPECT_EQ(Terminal().On(Changing("", "")), "unjudgeable");
}

TEST(ProcessesTerminalCheck, IsNotReachedWithoutBothSnapshots) {
  EXPECT_EQ(Terminal().With("between", Words{"start", "raw"}).On(Changing("a 1", "a 1")),
            "not reached");
  EXPECT_EQ(Terminal().With("between", Words{"raw", "end"}).On(Changing("a 1", "a 1")),
            "not reached");
}

}  // namespace
}  // namespace plumbline::testing
