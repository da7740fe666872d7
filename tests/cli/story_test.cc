// SPDX-License-Identifier: MIT
#include "cli/story.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/recording_builder.h"

namespace plumbline::cli {
namespace {

using plumbline::testing::RecordingBuilder;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(Story, TellsBirthsExecutionsCallsAndEnds) {
  RecordingBuilder b;
  const auto submission = b.Start("submission", "/program/pipes");
  b.Pipe(submission, 3, 4, record::Location{"main.c", 14, "main"});
  const auto cat = b.Fork(submission);
  b.Exec(cat, "/usr/bin/cat", {"cat", "words"});
  b.Exit(cat, 0, SIGPIPE).Reap(submission, cat).Exit(submission, 3);
  const std::string story = Story(b.Outcome(record::Outcome::kExited, 3).Build());
  EXPECT_THAT(story, HasSubstr("[plumbline] starts submission as process 2\n"));
  EXPECT_THAT(story, HasSubstr("[2 pipes] pipe"));
  EXPECT_THAT(story, HasSubstr(" [3, 4]   at main.c:14\n"));
  EXPECT_THAT(story, HasSubstr("[2 pipes] fork() = 3\n"));
  EXPECT_THAT(story, HasSubstr("[3 pipes] execve(/usr/bin/cat, \"cat\", \"words\") = 0\n"));
  EXPECT_THAT(story, HasSubstr("[3 cat] is killed by SIGPIPE\n"));
  EXPECT_THAT(story, HasSubstr("[2 pipes] reaps [3 cat]: killed by SIGPIPE\n"));
  EXPECT_THAT(story, HasSubstr("[2 pipes] exits with status 3\n"));
  EXPECT_THAT(story, HasSubstr("end: exited with status 3; 2 processes"));
}

TEST(Story, TellsWhoSentASignal) {
  RecordingBuilder b;
  const auto one = b.Start("submission", "/program/one");
  const auto two = b.Fork(one);
  b.Event(one, record::SignalSent{SIGUSR1, {two}, record::SignalSent::Cause::kCall, "kill", 0});
  b.Event(two, record::SignalDelivered{SIGUSR1, 0, one, record::SignalDelivered::Effect::kHandled, "read"});
  b.Event(one, record::SignalSent{SIGTERM, {}, record::SignalSent::Cause::kCall, "kill", ESRCH});
  b.Event(two, record::Stopped{SIGTSTP});
  b.Event(two, record::Continued{});
  const std::string story = Story(b.Build());
  EXPECT_THAT(story, HasSubstr("[2 one] kill(SIGUSR1) to [3 one]\n"));
  EXPECT_THAT(story, HasSubstr("[3 one] gets SIGUSR1 from [2 one] during read: its handler runs\n"));
  EXPECT_THAT(story, HasSubstr("[2 one] kill(SIGTERM) = -1 ESRCH\n"));
  EXPECT_THAT(story, HasSubstr("[3 one] is stopped by SIGTSTP\n[3 one] is continued\n"));
}

TEST(Story, PutsTransfersInOneLineAndEscapesThem) {
  RecordingBuilder b;
  const auto one = b.Start("submission", "/program/one");
  b.Event(one, record::Transfer{.fd = 0, .way = record::Transfer::Way::kRead, .call = "read", .calls = 2,
                                .bytes = 9, .ends = 1, .first = "a\n\x1b[2J"});
  const std::string story = Story(b.Build());
  EXPECT_THAT(story, HasSubstr("[2 one] read(0) \"a\\n\\x1b[2J…\" = 9 bytes in 2 calls, end of file\n"));
  EXPECT_THAT(story, Not(HasSubstr("\x1b")));
}

TEST(Story, SaysWhoWaitsWhenNobodyCanGoOn) {
  RecordingBuilder b;
  const auto one = b.Start("submission", "/program/one");
  b.Pipe(one, 3, 4);
  b.Asleep(one, "read", 3);
  const std::string story = Story(b.Outcome(record::Outcome::kDeadlocked).Build());
  EXPECT_THAT(story, HasSubstr("end: nobody could go on"));
  EXPECT_THAT(story, HasSubstr("[2 one] waits in read(3), pipe\n"));
}

TEST(Story, SurvivesProcessesThatAreNotThere) {
  RecordingBuilder b;
  const auto one = b.Start("submission", "/program/one");
  b.Event(one, record::Born{99, record::Born::How::kFork});
  b.Event(98, record::Reaped{-7, 0, true});
  b.Event(97, record::Executed{"/x", {}, {}, 0});
  EXPECT_THAT(Story(b.Build()), HasSubstr("fork() = init\n"));
}

}  // namespace
}  // namespace plumbline::cli
