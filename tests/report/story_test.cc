// SPDX-License-Identifier: MIT
#include "report/story.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/recording_builder.h"

namespace plumbline::report {
namespace {

using plumbline::testing::RecordingBuilder;
using ::testing::HasSubstr;
using ::testing::Not;

std::string Told(const record::Recording& recording, bool all = false) {
  return Story(recording, report::Translator("en", {}), all);
}

TEST(Story, TellsBirthsExecutionsCallsAndEnds) {
  RecordingBuilder b;
  const auto submission = b.Start("submission", "/program/pipes");
  b.Pipe(submission, 3, 4, record::Location{"main.c", 14, "main"});
  const auto cat = b.Fork(submission);
  b.Exec(cat, "/usr/bin/cat", {"cat", "words"});
  b.Exit(cat, 0, SIGPIPE).Reap(submission, cat).Exit(submission, 3);
  const std::string story = Told(b.Outcome(record::Outcome::kExited, 3).Build());
  EXPECT_THAT(story, HasSubstr("[plumbline] starts process 2\n"));
  EXPECT_THAT(story, HasSubstr("[2 pipes] pipe"));
  EXPECT_THAT(story, HasSubstr("   pipe A   at main.c:14\n"));
  EXPECT_THAT(story, HasSubstr("[2 pipes] fork() = 3\n"));
  EXPECT_THAT(story, HasSubstr("[3 pipes] execve(\"/usr/bin/cat\", [\"cat\", \"words\"]) = 0\n"));
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
  b.Event(two, record::SignalDelivered{SIGUSR1, 0, one, record::SignalDelivered::Effect::kHandled,
                                       "read"});
  b.Event(one, record::SignalSent{SIGTERM, {}, record::SignalSent::Cause::kCall, "kill", ESRCH});
  b.Event(two, record::Stopped{SIGTSTP});
  b.Event(two, record::Continued{});
  const std::string story = Told(b.Build());
  EXPECT_THAT(story, HasSubstr("[2 one] kill(SIGUSR1) to [3 one]\n"));
  EXPECT_THAT(story,
              HasSubstr("[3 one] gets SIGUSR1 from [2 one] during read: its handler runs\n"));
  EXPECT_THAT(story, HasSubstr("[2 one] kill(SIGTERM) = -1 ESRCH\n"));
  EXPECT_THAT(story, HasSubstr("[3 one] is stopped by SIGTSTP\n[3 one] is continued\n"));
}

TEST(Story, PutsTransfersInOneLineAndEscapesThem) {
  RecordingBuilder b;
  const auto one = b.Start("submission", "/program/one");
  b.Event(one, record::Transfer{.fd = 0,
                                .way = record::Transfer::Way::kRead,
                                .call = "read",
                                .calls = 2,
                                .bytes = 9,
                                .ends = 1,
                                .first = "a\n\x1b[2J"});
  const std::string story = Told(b.Build());
  EXPECT_THAT(story,
              HasSubstr("[2 one] read(0) \"a\\n\\x1b[2J…\" = 9 bytes in 2 calls, end of file\n"));
  EXPECT_THAT(story, Not(HasSubstr("\x1b")));
}

TEST(Story, SaysWhoWaitsWhenNobodyCanGoOn) {
  RecordingBuilder b;
  const auto one = b.Start("submission", "/program/one");
  b.Pipe(one, 3, 4);
  b.Asleep(one, "read", 3);
  const std::string story = Told(b.Outcome(record::Outcome::kDeadlocked).Build());
  EXPECT_THAT(story, HasSubstr("end: nobody could go on"));
  EXPECT_THAT(story, HasSubstr("  [2 one] waits in read(3), pipe A\n"));
  EXPECT_THAT(story, HasSubstr("why (deadlock.no-end-of-file):\n  Nobody could go on"));
  EXPECT_THAT(story, HasSubstr("  Your program (process 2) waits for"));
  EXPECT_THAT(story, HasSubstr("descriptor 4"));
}

TEST(Story, ReapingIsToldByTheCallThatDidIt) {
  RecordingBuilder b;
  const auto one = b.Start("submission", "/program/one");
  const auto two = b.Fork(one);
  b.Exit(two, 3).Reap(one, two);
  b.Event(one, record::Call{.name = "wait4",
                            .family = "wait",
                            .args = {{"pid", "-1"}, {"status", "exited 3"}},
                            .result = 3});
  const std::string story = Told(b.Build());
  EXPECT_THAT(story, HasSubstr("[2 one] wait4(-1, exited 3) = 3 [3 one]\n"));
  EXPECT_THAT(story, Not(HasSubstr("reaps")));
}

TEST(Story, PutsHandlersOfManySignalsInOneLine) {
  RecordingBuilder b;
  const auto one = b.Start("submission", "/program/one");
  for (const char* signal : {"SIGHUP", "SIGINT", "SIGTERM"})
    b.Event(one, record::Call{.name = "rt_sigaction",
                              .args = {{"signal", signal}, {"action", "handler"}}});
  b.Event(one, record::Call{.name = "rt_sigaction",
                            .args = {{"signal", "SIGQUIT"}, {"action", "SIG_IGN"}}});
  EXPECT_THAT(Told(b.Build()),
              HasSubstr("[2 one] rt_sigaction(SIGHUP SIGINT SIGTERM, handler) = 0\n"
                        "[2 one] rt_sigaction(SIGQUIT, SIG_IGN) = 0\n"));
}

TEST(Story, LeavesOutTheModeOfAFileThatIsNotMade) {
  RecordingBuilder b;
  const auto one = b.Start("submission", "/program/one");
  const auto opens = [&](const char* flags) {
    b.Event(one,
            record::Call{
                .name = "openat",
                .family = "open",
                .args = {{"dirfd", "AT_FDCWD"}, {"path", "f"}, {"flags", flags}, {"mode", "0644"}},
                .result = 3});
  };
  opens("O_RDONLY");
  opens("O_WRONLY|O_CREAT");
  const std::string story = Told(b.Build());
  EXPECT_THAT(story, HasSubstr("openat(AT_FDCWD, f, O_RDONLY) = 3\n"));
  EXPECT_THAT(story, HasSubstr("openat(AT_FDCWD, f, O_WRONLY|O_CREAT, 0644) = 3\n"));
}

TEST(Story, SaysWhenTimePasses) {
  RecordingBuilder b;
  const auto one = b.Start("submission", "/program/one");
  b.Advance(std::chrono::hours(1));
  b.Exit(one);
  EXPECT_THAT(Told(b.Build()), HasSubstr("--- 1 h later\n[2 one] exits with status 0\n"));
}

TEST(Story, EndsWithWhoWasThereAndWhatWentThrough) {
  RecordingBuilder b;
  const auto one = b.Start("submission", "/program/one", {"./one", "words"});
  b.Pipe(one, 3, 4);
  const auto two = b.Fork(one);
  b.Write(two, 4, "hola\n").Exit(two, 1);
  b.Read(one, 3, "hola\n").Reap(one, two).Exit(one);
  const std::string story = Told(b.Build());
  EXPECT_THAT(story, HasSubstr("processes:\n  2  ./one words  (exited with status 0)\n"
                               "    3  ./one words  (exited with status 1)\n"));
  EXPECT_THAT(
      story,
      HasSubstr("what went through:\n  pipe A: [3 one] wrote 5 bytes, [2 one] read 5 bytes\n"));
}

TEST(Story, SurvivesProcessesThatAreNotThere) {
  RecordingBuilder b;
  const auto one = b.Start("submission", "/program/one");
  b.Event(one, record::Born{99, record::Born::How::kFork});
  b.Event(98, record::Reaped{-7, 0, true});
  b.Event(97, record::Executed{"/x", {}, {}, 0});
  EXPECT_THAT(Told(b.Build()), HasSubstr("fork() = init\n"));
}

}  // namespace
}  // namespace plumbline::report
