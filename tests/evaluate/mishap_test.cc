// SPDX-License-Identifier: MIT
// What a perturbation did to a run, in words, on recordings made by hand.
#include "evaluate/mishap.h"

#include <csignal>

#include "tests/support/judging.h"
#include "tests/support/recording_builder.h"

namespace plumbline::evaluate {
namespace {

using record::kGrader;
using record::Overtaking;
using record::ProcessIndex;
using record::Standing;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::RecordingBuilder;
using testing::Said;

const record::Location kAdds{"main.c", 30, "main"};
const record::Location kReads{"main.c", 12, "copy"};

class MishapTest : public ::testing::Test {
 protected:
  MishapTest() : parent(b.Start("submission", "/lab/main")), child(b.Fork(parent)) {}

  Mishap Of(const std::string& perturbation) {
    b.Perturbed(perturbation, 0);
    const record::Recording recording = b.Build();
    const spec::Exercise exercise;
    return MishapOf(Scene(exercise, recording));
  }
  std::vector<std::string> EvidenceOf(const std::string& perturbation) {
    std::vector<std::string> said;
    for (const Message& message : Of(perturbation).evidence) said.push_back(Said(message));
    return said;
  }
  void Overtook(Standing first, Standing passed) {
    b.raw().overtakings.push_back({.first = std::move(first), .passed = std::move(passed)});
  }

  RecordingBuilder b;
  ProcessIndex parent;
  ProcessIndex child;
};

TEST_F(MishapTest, IsNoneOfAPlainRunNorOfOneThatWentAsByDefault) {
  for (const char* const perturbation : {"", "interleavings:3=1", "failures:1#3=EAGAIN"}) {
    const Mishap mishap = Of(perturbation);
    EXPECT_TRUE(mishap.evidence.empty());
    EXPECT_TRUE(mishap.why.empty());
    EXPECT_TRUE(mishap.next.empty());
    EXPECT_FALSE(mishap.location);
  }
}

TEST_F(MishapTest, TheDefaultOrderIsOneToo) {
  EXPECT_THAT(EvidenceOf("turns"),
              ElementsAre("One process ran at a time, each until it had to wait for somebody."));
  EXPECT_THAT(Said(Of("turns").next), HasSubstr("Let one wait for the other"));
}

TEST_F(MishapTest, ASmallWorldIsToldWithItsSize) {
  EXPECT_THAT(EvidenceOf("small-world"),
              ElementsAre("It had 32 descriptors at most, and pipes of 4096 bytes."));
  EXPECT_THAT(Said(Of("small-world").next), HasSubstr("Close what is not used"));
}

TEST_F(MishapTest, ALostUpdateIsToldWithBothLines) {
  Overtook({.process = parent, .where = kReads},
           {.process = child, .writes = true, .read = true, .where = kAdds});
  EXPECT_THAT(EvidenceOf("interleavings:3=1"),
              ElementsAre("your program (process 2) went on first, to read from shared memory at "
                          "main.c:12; child 1 of your program (process 3) still had to write back, "
                          "at main.c:30, what it had read from shared memory."));
  const Mishap mishap = Of("interleavings:3=1");
  EXPECT_THAT(Said(mishap.why), HasSubstr("What others write in between is lost."));
  EXPECT_THAT(Said(mishap.next), HasSubstr("Hold a lock"));
  EXPECT_EQ(mishap.location, kAdds);
}

// It says more than what else happened.
TEST_F(MishapTest, ALostUpdateDecidesWhateverElseCameFirst) {
  Overtook({.process = parent, .call = "wait4"}, {.process = child, .call = "write"});
  Overtook({.process = parent, .writes = true},
           {.process = child, .writes = true, .read = true, .where = kAdds});
  const Mishap mishap = Of("interleavings:3=1,5=1");
  EXPECT_EQ(mishap.evidence.size(), 2U);
  EXPECT_THAT(Said(mishap.evidence.front()),
              HasSubstr("went on first, to call wait(); child 1 of your program (process 3) still "
                        "had to call write()."));
  EXPECT_THAT(Said(mishap.next), HasSubstr("Hold a lock"));
  EXPECT_EQ(mishap.location, kAdds);
}

TEST_F(MishapTest, CallsInAnotherOrderNeedSomebodyWhoWaits) {
  Overtook({.process = child, .call = "write", .where = kAdds},
           {.process = parent, .call = "pipe2", .where = kReads});
  const Mishap mishap = Of("interleavings:0=1");
  EXPECT_THAT(Said(mishap.evidence.front()),
              HasSubstr("to call write() at main.c:30; your program (process 2) still had to call "
                        "pipe() at main.c:12."));
  EXPECT_THAT(Said(mishap.next), HasSubstr("Let one wait for the other"));
  EXPECT_EQ(mishap.location, kReads);
}

TEST_F(MishapTest, ThreadsOfOneProcessAreNotToldAsTwoProcesses) {
  Overtook({.process = parent, .where = kAdds}, {.process = parent, .writes = true});
  EXPECT_THAT(
      EvidenceOf("interleavings:0=1"),
      ElementsAre("Two threads of your program (process 2): one went on to read from shared "
                  "memory at main.c:30 first; another one still had to write to shared "
                  "memory."));
}

TEST_F(MishapTest, ASignalThatCameEarly) {
  Overtook({.process = kGrader}, {.process = parent, .call = "pause", .where = kReads});
  b.raw().overtakings.back().signal = true;
  EXPECT_THAT(EvidenceOf("signals:0=1"),
              ElementsAre("A signal came first; your program (process 2) still had to call pause() "
                          "at main.c:12."));
  b.SignalSent(kGrader, parent, SIGUSR1, record::SignalSent::Cause::kStep);
  EXPECT_THAT(EvidenceOf("signals:0=1"),
              ElementsAre("SIGUSR1 came first; your program (process 2) still had to call pause() "
                          "at main.c:12."));
  b.SignalSent(kGrader, parent, SIGTERM, record::SignalSent::Cause::kStep);
  EXPECT_THAT(EvidenceOf("signals:0=1").front(), HasSubstr("A signal came first;"));
}

// Between which two calls it came.
TEST_F(MishapTest, ASignalCameAfterACall) {
  Overtook({.process = kGrader}, {.process = parent, .call = "pause", .where = kReads});
  b.raw().overtakings.back().signal = true;
  b.Call(parent, {.name = "rt_sigaction", .family = "sigaction"}, kAdds);
  b.Call(child, {.name = "getppid", .family = ""}, kAdds);
  b.SignalSent(kGrader, parent, SIGUSR1, record::SignalSent::Cause::kStep);
  b.Call(parent, {.name = "pause", .family = ""}, kReads);
  EXPECT_THAT(EvidenceOf("signals:0=1"),
              ElementsAre("SIGUSR1 came first; your program (process 2) still had to call pause() "
                          "at main.c:12.",
                          "Before, it had called sigaction() at main.c:30."));
}

// Where it had looked whether to wait.
TEST_F(MishapTest, ASignalCameAfterATest) {
  Overtook({.process = kGrader}, {.process = parent, .call = "pause", .where = kReads});
  b.raw().overtakings.back().signal = true;
  b.raw().overtakings.back().passed.tested = kAdds;
  b.Call(parent, {.name = "rt_sigaction", .family = "sigaction"}, kAdds);
  b.SignalSent(kGrader, parent, SIGUSR1, record::SignalSent::Cause::kStep);
  EXPECT_THAT(
      EvidenceOf("signals:0=1"),
      ElementsAre(
          "SIGUSR1 came first; your program (process 2) still had to call pause() "
          "at main.c:12.",
          "Its last test before that is at main.c:30. What it found there may no longer be so."));
}

// Of a loop its only line says nothing.
TEST_F(MishapTest, ASignalCameAfterTheSameCall) {
  Overtook({.process = kGrader}, {.process = parent, .call = "pause", .where = kReads});
  b.raw().overtakings.back().signal = true;
  b.Call(parent, {.name = "pause", .family = ""}, kReads);
  b.SignalSent(kGrader, parent, SIGUSR1, record::SignalSent::Cause::kStep);
  EXPECT_EQ(EvidenceOf("signals:0=1").size(), 1U);
}

TEST_F(MishapTest, AStepThatCameEarly) {
  Overtook({.process = kGrader}, {.process = parent, .call = "pause", .where = kReads});
  const Mishap mishap = Of("interleavings:0=1");
  EXPECT_THAT(Said(mishap.evidence.front()),
              HasSubstr("The next step of the scenario came first; your program (process 2) still "
                        "had to call pause() at main.c:12."));
  EXPECT_THAT(Said(mishap.why), HasSubstr("may come at any moment"));
}

TEST_F(MishapTest, OfManyOnlyTheFirstAreTold) {
  for (int i = 0; i < 8; ++i)
    Overtook({.process = child, .call = "read"}, {.process = parent, .call = "write"});
  EXPECT_EQ(EvidenceOf("interleavings:0=1").size(), 3U);
}

TEST_F(MishapTest, FaultsAreToldWithTheirCall) {
  b.raw().fault = Standing{.process = child, .call = "read", .where = kReads};
  EXPECT_THAT(EvidenceOf("short-transfers:1.1#3=1"),
              ElementsAre("read() of child 1 of your program (process 3) was given less than it "
                          "asked for. Bytes at most: 1.",
                          "That was at main.c:12."));
  EXPECT_THAT(EvidenceOf("interruptions:1.1#3"),
              ElementsAre("A signal interrupted read() of child 1 of your program (process 3).",
                          "That was at main.c:12."));
  EXPECT_THAT(EvidenceOf("failures:1.1#3=EAGAIN"),
              ElementsAre("read() of child 1 of your program (process 3) failed with EAGAIN.",
                          "That was at main.c:12."));
  EXPECT_EQ(Of("interruptions:1.1#3").location, kReads);
  EXPECT_THAT(Said(Of("interruptions:1.1#3").next), HasSubstr("EINTR"));
  EXPECT_THAT(Said(Of("short-transfers:1.1#3=1").next), HasSubstr("in a loop"));
  EXPECT_THAT(Said(Of("failures:1.1#3=EAGAIN").next), HasSubstr("what the call returns"));
}

// The scenario's own signals are not meant.
TEST_F(MishapTest, AnInterruptionNamesItsSignal) {
  b.raw().fault = Standing{.process = child, .call = "read"};
  b.SignalSent(kGrader, child, SIGUSR1, record::SignalSent::Cause::kStep);
  b.SignalSent(kGrader, parent, SIGURG, record::SignalSent::Cause::kStep);
  b.SignalSent(kGrader, child, SIGWINCH, record::SignalSent::Cause::kStep);
  EXPECT_THAT(EvidenceOf("interruptions:1.1#3"),
              ElementsAre("SIGWINCH interrupted read() of child 1 of your program (process 3)."));
  b.SignalSent(kGrader, child, SIGCONT, record::SignalSent::Cause::kStep);
  EXPECT_THAT(EvidenceOf("interruptions:1.1#3").front(), HasSubstr("A signal interrupted"));
}

TEST_F(MishapTest, AFaultWithoutAPlaceHasNone) {
  b.raw().fault = Standing{.process = parent, .call = "accept4"};
  EXPECT_THAT(EvidenceOf("interruptions:1#3"),
              ElementsAre("A signal interrupted accept() of your program (process 2)."));
}

}  // namespace
}  // namespace plumbline::evaluate
