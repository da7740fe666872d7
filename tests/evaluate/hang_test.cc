// SPDX-License-Identifier: MIT
// What kept a run from going on: causes told apart, on recordings made by hand.
#include <cerrno>
#include <csignal>
#include <set>
#include <vector>

#include "evaluate/explain.h"
#include "tests/support/judging.h"
#include "tests/support/recording_builder.h"

namespace plumbline::evaluate {
namespace {

using record::Outcome;
using record::ProcessIndex;
using record::ProcessState;
using record::Thing;
using ::testing::HasSubstr;
using testing::RecordingBuilder;
using testing::Said;

// Code, and everything that is said, a sentence a line.
std::string Hang(const record::Recording& recording) {
  const spec::Exercise exercise;
  const auto finding = FindingOfHang(Scene(exercise, recording));
  if (!finding) return "none";
  std::string text = finding->code + "\n" + Said(finding->what) + "\n";
  for (const Message& evidence : finding->evidence) text += Said(evidence) + "\n";
  return text + Said(finding->why) + "\n" + Said(finding->next);
}
std::string Hang(RecordingBuilder& b) { return Hang(b.Outcome(Outcome::kDeadlocked).Build()); }

TEST(FindingOfHang, IsNoneOfARunThatDidNotHang) {
  RecordingBuilder b;
  b.Exit(b.Start("submission", "/lab/main"));
  EXPECT_EQ(Hang(b.Build()), "none");
}

TEST(FindingOfHang, IsNoneWhereOnlyPeersAreLeft) {
  RecordingBuilder b;
  b.Asleep(b.Start("server", "/usr/sbin/xinetd", {}, true), "accept4", 3);
  EXPECT_EQ(Hang(b), "none");
}

TEST(FindingOfHang, LooksAtTheOneThatIsExplainedBest) {
  RecordingBuilder b;
  const auto submission = b.Start("submission", "/lab/main");
  b.Pipe(submission, 3, 4);
  const auto child = b.Fork(submission);
  b.Asleep(child, "read", 3).Asleep(submission, "pause");
  EXPECT_THAT(Hang(b), HasSubstr("deadlock.no-end-of-file"));
}

TEST(FindingOfHang, NamesThoseThatWaitForEachOther) {
  for (const int count : {2, 3, 5}) {
    RecordingBuilder b;
    const auto submission = b.Start("submission", "/lab/main");
    for (int i = 0; i < count; ++i) b.Pipe(submission, 10 + 2 * i, 11 + 2 * i);
    std::vector<ProcessIndex> ring{submission};
    while (std::ssize(ring) < count) ring.push_back(b.Fork(submission));
    for (int i = 0; i < count; ++i) {
      for (int j = 0; j < count; ++j) {
        if (j != i) b.Close(ring[static_cast<size_t>(i)], 10 + 2 * j);
        if (j != (i + 1) % count) b.Close(ring[static_cast<size_t>(i)], 11 + 2 * j);
      }
    }
    for (int i = 0; i < count; ++i) b.Asleep(ring[static_cast<size_t>(i)], "read", 10 + 2 * i);
    const std::string told = Hang(b);
    EXPECT_THAT(told, HasSubstr("deadlock.both-read"));
    EXPECT_THAT(told, HasSubstr("wait for each other"));
    if (count == 5) {
      EXPECT_THAT(told, HasSubstr("processes in all: 5."));
    }
  }
}

TEST(FindingOfHang, WaitsForTheEndWhereBytesHaveCome) {
  RecordingBuilder b;
  const auto parent = b.Start("submission", "/lab/main");
  b.Pipe(parent, 3, 4);
  b.Pipe(parent, 5, 6);
  const auto child = b.Fork(parent);
  b.Close(parent, 3).Close(parent, 6).Close(child, 4).Close(child, 5);
  b.Write(parent, 4, "x").Read(child, 3, "x").Asleep(child, "read", 3).Asleep(parent, "read", 5);
  EXPECT_THAT(Hang(b), HasSubstr("deadlock.no-end-of-file"));
}

// The other thread should have written, and waits itself.
TEST(FindingOfHang, AsksTheOtherThreadsOfAProcessThatHoldsItsOwnEnd) {
  RecordingBuilder b;
  const auto submission = b.Start("submission", "/lab/main");
  b.Pipe(submission, 3, 4);
  b.Thread(submission, 3).Asleep(submission, "read", 3).Snapshot("end");
  record::Recording recording = b.Outcome(Outcome::kDeadlocked).Build();
  auto& threads = recording.snapshots["end"].processes[0].threads;
  threads.at(1).blocked = record::Blocked{.call = "accept4"};
  const std::string told = Hang(recording);
  EXPECT_THAT(told, HasSubstr("deadlock.nobody-connects"));
  EXPECT_THAT(told, HasSubstr("thread 3 of your program (process 2) waits for a client"));
}

TEST(FindingOfHang, SaysThatBothOpenAFifoForReading) {
  RecordingBuilder b;
  const auto submission = b.Start("submission", "/lab/main");
  const auto child = b.Fork(submission);
  for (const auto process : {submission, child}) {
    b.Asleep(process, "openat").Awaits(process, {.thing = Thing::kFifo, .name = "/lab/f"});
  }
  const std::string told = Hang(b);
  EXPECT_THAT(told, HasSubstr("deadlock.fifo-without-peer"));
  EXPECT_THAT(told, HasSubstr("opens it for reading too, and waits as well."));
}

TEST(FindingOfHang, SaysThatAClientCameTooEarly) {
  RecordingBuilder b;
  const auto server = b.Start("submission", "/lab/server");
  const auto client = b.Fork(server);
  b.Call(client, {.name = "connect",
                  .family = "",
                  .args = {{"fd", "3"}, {"address", "127.0.0.1:7"}},
                  .result = -1,
                  .error = ECONNREFUSED});
  b.Exit(client, 1).Listen(server, 3, "127.0.0.1:7");
  b.Asleep(server, "accept4", 3);
  const std::string told = Hang(b);
  EXPECT_THAT(told, HasSubstr("deadlock.nobody-connects"));
  EXPECT_THAT(told, HasSubstr("tried to connect there before anybody listened (ECONNREFUSED)"));
}

TEST(FindingOfHang, DoesNotGuessWhoHadAMutexThatNobodyHas) {
  RecordingBuilder b;
  const auto submission = b.Start("submission", "/lab/main");
  b.Asleep(submission, "futex").Awaits(submission, {.thing = Thing::kMutex});
  EXPECT_THAT(Hang(b), HasSubstr("nobody who lives has it."));
}

TEST(FindingOfHang, FollowsAMutexToACircleOfItsOwner) {
  RecordingBuilder b;
  const auto submission = b.Start("submission", "/lab/main");
  b.Pipe(submission, 3, 4);
  const auto child = b.Fork(submission);
  b.Asleep(child, "read", 3);
  b.Asleep(submission, "futex")
      .Awaits(submission, {.thing = Thing::kMutex, .memory = 1, .by = {{child, Pid{3}}}});
  const std::string told = Hang(b);
  EXPECT_THAT(told, HasSubstr("child 1 of your program (process 3) has locked it"));
  EXPECT_THAT(told, HasSubstr("holds the write end"));
}

TEST(FindingOfHang, NamesOthersThatWaitForSemaphores) {
  RecordingBuilder b;
  const auto submission = b.Start("submission", "/lab/main");
  const auto child = b.Fork(submission);
  const auto wait = [&](ProcessIndex process, uint64_t offset) {
    b.Asleep(process, "futex")
        .Awaits(process, {.thing = Thing::kSemaphore, .memory = 1, .offset = offset});
  };
  wait(submission, 0);
  wait(child, 32);
  EXPECT_THAT(Hang(b), HasSubstr("child 1 of your program (process 3) waits for another one."));
}

TEST(FindingOfHang, TellsASlowProgramFromOneThatSpins) {
  for (const bool spins : {false, true}) {
    RecordingBuilder b;
    const auto submission = b.Start("submission", "/lab/main");
    if (spins) b.Asleep(submission, "");
    b.State(submission, ProcessState::kRunning).Outcome(Outcome::kProcessorLimit);
    EXPECT_THAT(Hang(b.Build()), HasSubstr(spins ? "busy-waiting" : "slow\n"));
  }
}

TEST(FindingOfHang, SaysThatAProgramSleptUntilTheEnd) {
  RecordingBuilder b;
  b.Asleep(b.Start("submission", "/lab/main"), "clock_nanosleep").Outcome(Outcome::kVirtualLimit);
  EXPECT_THAT(Hang(b.Build()), HasSubstr("sleeps\n"));
}

TEST(FindingOfHang, SaysThatTheBackgroundUsedTheTerminal) {
  RecordingBuilder b;
  const auto submission = b.Start("submission", "/lab/shell");
  const auto child = b.Fork(submission);
  b.Stop(child, SIGTTIN).Asleep(submission, "wait4");
  EXPECT_THAT(Hang(b), HasSubstr("deadlock.background-terminal"));
}

TEST(FindingOfHang, EveryCauseHasACodeOfItsOwn) {
  std::set<std::string_view> codes;
  const int last = static_cast<int>(Cause::kSlow);
  for (int cause = 0; cause <= last; ++cause) {
    EXPECT_TRUE(codes.insert(CodeOf(static_cast<Cause>(cause))).second) << cause;
    EXPECT_FALSE(WhatHappened(static_cast<Cause>(cause)).empty());
    EXPECT_FALSE(NextOf(static_cast<Cause>(cause)).empty());
  }
}

}  // namespace
}  // namespace plumbline::evaluate
