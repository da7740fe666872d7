// SPDX-License-Identifier: MIT
#include "graders/processes/session_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/judging.h"
#include "tests/support/recording_builder.h"

namespace plumbline::testing {
namespace {

using ::testing::HasSubstr;

// A daemon and its parent, on a terminal.
struct Daemon {
  RecordingBuilder b;
  ProcessIndex submission = b.Start("submission", "/lab/server");
  ProcessIndex child = -1;

  Daemon() {
    b.Terminal(submission, true).Snapshot("start");
    child = b.Fork(submission);
  }
  record::Recording Serving() {
    b.Snapshot("serving");
    return b.Build();
  }
};

Use Session(const std::string& is) {
  Use use(graders::processes::Session());
  use.With("at", "serving").With("is", is).Who({"submission/1"});
  return use;
}

TEST(ProcessesSessionCheck, TellsGroupSessionAndTerminalApart) {
  Daemon daemon;
  daemon.b.Group(daemon.child, 3);
  EXPECT_EQ(Session("own-group").On(daemon.Serving()), "pass");
  EXPECT_EQ(Session("own-session").On(daemon.Serving()), "not-detached");
  daemon.b.Group(daemon.child, 3, 3);
  EXPECT_EQ(Session("own-session").On(daemon.Serving()), "pass");
  EXPECT_EQ(Session("detached").On(daemon.Serving()), "not-detached");
  daemon.b.Terminal(daemon.child, false);
  EXPECT_EQ(Session("detached").On(daemon.Serving()), "pass");
}

TEST(ProcessesSessionCheck, SaysWhatItHasNotLeft) {
  Daemon daemon;
  Use session = Session("detached");
  EXPECT_EQ(session.On(daemon.Serving()), "not-detached");
  EXPECT_THAT(session.told(), HasSubstr("It is in the process group of the start (2)."));
  EXPECT_THAT(session.told(), HasSubstr("It is in the session of the start (2)."));
  EXPECT_THAT(session.told(), HasSubstr("It still has a controlling terminal."));
}

TEST(ProcessesSessionCheck, TakesAnyOfAList) {
  Daemon daemon;
  daemon.b.Group(daemon.child, 3);
  Use session = Session("detached");
  session.With("is", Words{"detached", "own-group"});
  EXPECT_EQ(session.On(daemon.Serving()), "pass");
}

TEST(ProcessesSessionCheck, FindsNobody) {
  Daemon daemon;
  EXPECT_EQ(Session("detached").Who({"submission/2"}).On(daemon.Serving()), "nobody");
}

TEST(ProcessesSessionCheck, IsNotReachedWithoutItsSnapshots) {
  Daemon daemon;
  EXPECT_EQ(Session("detached").With("at", "later").On(daemon.Serving()), "not reached");
  record::Recording without_start = daemon.Serving();
  without_start.snapshots.erase("start");
  EXPECT_EQ(Session("detached").On(without_start), "not reached");
}

}  // namespace
}  // namespace plumbline::testing
