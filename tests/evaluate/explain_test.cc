// SPDX-License-Identifier: MIT
#include "evaluate/explain.h"

#include <csignal>

#include "tests/support/judging.h"
#include "tests/support/recording_builder.h"

namespace plumbline::evaluate {
namespace {

using record::Location;
using record::ObjectKind;
using record::Outcome;
using record::ProcessIndex;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using testing::RecordingBuilder;
using testing::Said;

// Everything that is said about why a process waits, a sentence a line.
std::string Why(const record::Recording& recording, ProcessIndex process,
                const std::string& snapshot = "end") {
  spec::Exercise exercise;
  const Scene scene(exercise, recording);
  const Explanation told = ExplainWait(scene, process, *recording.snapshot(snapshot));
  std::string text = Said(told.waits) + "\n";
  for (const Message& evidence : told.evidence) text += Said(evidence) + "\n";
  text += Said(told.why) + "\n" + Said(told.next);
  if (told.location)
    text += "\nat " + told.location->file + ":" + std::to_string(told.location->line);
  return text;
}

// A program and its child, which runs sort and reads from a pipe that the program made as 3 and 4.
struct Pair {
  RecordingBuilder b;
  ProcessIndex parent = b.Start("submission", "/lab/chain");
  int pipe = b.Pipe(parent, 3, 4, Location{"main.c", 14, "main"});
  ProcessIndex sort = b.Fork(parent);

  Pair() {
    b.Dup(sort, 3, 0).Close(sort, 3).Close(sort, 4).Exec(sort, "/usr/bin/sort");
    b.Asleep(sort, "read", 0).Asleep(parent, "wait4");
  }
};

TEST(ExplainWait, FindsTheWriteEndInTheProcessThatWaitsForTheReader) {
  Pair pair;
  const std::string told = Why(pair.b.Build(), pair.parent);
  EXPECT_THAT(told, HasSubstr("your program (process 2) waits for sort (process 3) to end."));
  EXPECT_THAT(told, HasSubstr("sort (process 3) waits for bytes or end of file"));
  EXPECT_THAT(told, HasSubstr("your program (process 2) still holds the write end of"));
  EXPECT_THAT(told, HasSubstr("descriptor 4, made by pipe() at main.c:14."));
  EXPECT_THAT(told, HasSubstr("Close descriptor 4 in your program (process 2)"));
  EXPECT_THAT(told, HasSubstr("at main.c:14"));
}

TEST(ExplainWait, FindsTheSameFromTheReadersSide) {
  Pair pair;
  const std::string told = Why(pair.b.Build(), pair.sort);
  EXPECT_THAT(told, HasSubstr("sort (process 3) waits for bytes or end of file"));
  EXPECT_THAT(told, HasSubstr("your program (process 2) still holds the write end"));
  EXPECT_THAT(told, HasSubstr("Close descriptor 4 in your program (process 2)"));
}

TEST(ExplainWait, FindsTheWriteEndInTheReaderItself) {
  RecordingBuilder b;
  const auto submission = b.Start("submission", "/lab/main");
  b.Pipe(submission, 3, 4);
  b.Asleep(submission, "read", 3);
  const std::string told = Why(b.Build(), submission);
  EXPECT_THAT(told, HasSubstr("your program (process 2) still holds the write end"));
  EXPECT_THAT(told, HasSubstr("End of file comes only when the last copy of the write end"));
}

TEST(ExplainWait, FindsTwoWhoReadFromEachOther) {
  RecordingBuilder b;
  const auto parent = b.Start("submission", "/lab/talk");
  b.Pipe(parent, 3, 4);
  b.Pipe(parent, 5, 6);
  const auto child = b.Fork(parent);
  b.Close(parent, 4).Close(parent, 5).Close(child, 3).Close(child, 6);
  b.Asleep(parent, "read", 3).Asleep(child, "read", 5);
  const std::string told = Why(b.Build(), parent);
  EXPECT_THAT(told, HasSubstr("child 1 of your program (process 3) still holds the write end"));
  EXPECT_THAT(told, HasSubstr("child 1 of your program (process 3) waits for bytes"));
  EXPECT_THAT(told, HasSubstr("your program (process 2) still holds the write end"));
}

TEST(ExplainWait, FindsAWriterIntoAFullPipeWhoseReaderWaitsForIt) {
  RecordingBuilder b;
  const auto parent = b.Start("submission", "/lab/popen");
  b.Pipe(parent, 3, 4);
  const auto ls = b.Fork(parent);
  b.Dup(ls, 4, 1).Close(ls, 3).Close(ls, 4).Exec(ls, "/usr/bin/ls").Close(parent, 4);
  b.Asleep(ls, "write", 1).Asleep(parent, "wait4");
  const std::string told = Why(b.Build(), parent);
  EXPECT_THAT(told, HasSubstr("ls (process 3) waits until somebody reads from the pipe"));
  EXPECT_THAT(told, HasSubstr("A pipe holds 64 KiB."));
  EXPECT_THAT(told, HasSubstr("Read what comes before you wait"));
}

TEST(ExplainWait, BlamesNobodyForAConnectionThatNobodyReads) {
  RecordingBuilder b;
  const auto submission = b.Start("submission", "/lab/server");
  b.Listen(submission, 3, "127.0.0.1:7");
  b.Connection("deaf").Accept(submission, 3, 4, "deaf");
  b.Asleep(submission, "write", 4);
  const std::string told = Why(b.Build(), submission);
  EXPECT_THAT(told, HasSubstr("until somebody reads from the connection 'deaf', which is full."));
  EXPECT_THAT(told, Not(HasSubstr("still holds")));
}

TEST(ExplainWait, LooksOnlyAtTheChildThatIsWaitedFor) {
  Pair pair;
  const auto other = pair.b.Fork(pair.parent);
  pair.b.Asleep(other, "pause").Asleep(pair.parent, "wait4", -1, {}, {4});
  EXPECT_THAT(Why(pair.b.Build(), pair.parent), HasSubstr("waits for child 2 of your program"));
}

TEST(ExplainWait, SaysThatAWaitHasNoChild) {
  RecordingBuilder b;
  const auto submission = b.Start("submission", "/lab/main");
  b.Asleep(submission, "wait4");
  EXPECT_THAT(Why(b.Build(), submission), HasSubstr("waits for a child to end."));
}

// --- A row for each way to wait.

std::string WhyIn(const std::string& call, int fd = -1) {
  RecordingBuilder b;
  const auto submission = b.Start("submission", "/lab/main");
  b.Listen(submission, 3, "127.0.0.1:7");
  b.Open(submission, 4, "/lab/F", true, false, ObjectKind::kFifo);
  b.Open(submission, 5, "/dev/pts/0", true, true, ObjectKind::kTerminal);
  b.Asleep(submission, call, fd, Location{"main.c", 30, "main"});
  return Why(b.Build(), submission);
}

TEST(ExplainWait, KnowsEachWayToWait) {
  EXPECT_THAT(WhyIn("read", 0), HasSubstr("waits for more on its standard input"));
  EXPECT_THAT(WhyIn("read", 5), HasSubstr("waits for a key at the terminal"));
  EXPECT_THAT(WhyIn("read", 3), HasSubstr("waits for bytes from the socket that listens on"));
  EXPECT_THAT(WhyIn("read", 77), HasSubstr("waits in read()"));
  EXPECT_THAT(WhyIn("write", 77), HasSubstr("waits in write()"));
  EXPECT_THAT(WhyIn("openat"), HasSubstr("until somebody opens the other end of the FIFO."));
  EXPECT_THAT(WhyIn("openat", 4), HasSubstr("the other end of the FIFO F."));
  EXPECT_THAT(WhyIn("accept4", 3), HasSubstr("waits for a client on the socket that listens on"));
  EXPECT_THAT(WhyIn("connect"), HasSubstr("waits in connect()"));
  EXPECT_THAT(WhyIn("ppoll"), HasSubstr("waits in poll() until one of its descriptors"));
  EXPECT_THAT(WhyIn("clock_nanosleep"), HasSubstr("sleeps."));
  EXPECT_THAT(WhyIn("pause"), HasSubstr("waits for a signal, which does not come."));
  EXPECT_THAT(WhyIn("futex"), HasSubstr("a lock, a semaphore, a condition or a thread (futex)"));
  EXPECT_THAT(WhyIn("semop"), HasSubstr("waits for a System V semaphore"));
  EXPECT_THAT(WhyIn("flock"), HasSubstr("waits for a lock on a file"));
  EXPECT_THAT(WhyIn("msgrcv"), HasSubstr("waits for a message from a message queue."));
  EXPECT_THAT(WhyIn("msgsnd"), HasSubstr("waits until there is room in a message queue."));
  EXPECT_THAT(WhyIn("sendfile64x"), HasSubstr("waits in sendfile64x()"));
}

TEST(ExplainWait, SaysWhereInTheSource) { EXPECT_THAT(WhyIn("pause"), HasSubstr("at main.c:30")); }

TEST(ExplainWait, KnowsStatesInWhichNobodyWaits) {
  RecordingBuilder b;
  const auto submission = b.Start("submission", "/lab/main");
  const auto stopped = b.Fork(submission);
  const auto zombie = b.Fork(submission);
  const auto held = b.Fork(submission);
  b.Stop(stopped, SIGTSTP).Exit(zombie).State(held, record::ProcessState::kHeld);
  const auto recording = b.Build();
  EXPECT_THAT(Why(recording, submission), HasSubstr("runs in a loop"));
  EXPECT_THAT(Why(recording, stopped), HasSubstr("is stopped (SIGTSTP), and nobody continues it"));
  EXPECT_THAT(Why(recording, zombie), HasSubstr("has ended; nobody has waited for it"));
  EXPECT_THAT(Why(recording, held), HasSubstr("is held back by the scenario"));
}

TEST(ExplainWait, SaysThatAProgramSpinsThoughOneOfItsThreadsWaits) {
  RecordingBuilder b;
  const auto submission = b.Start("submission", "/lab/main");
  b.Thread(submission, 10).Asleep(submission, "futex");
  b.State(submission, record::ProcessState::kRunning);
  EXPECT_THAT(Why(b.Build(), submission), HasSubstr("runs in a loop"));
}

TEST(ExplainWait, FindsASignalThatCameBeforeTheWait) {
  RecordingBuilder b;
  const auto submission = b.Start("submission", "/lab/ping");
  b.Delivered(submission, SIGUSR1, record::SignalDelivered::Effect::kHandled);
  b.Asleep(submission, "pause");
  const std::string told = Why(b.Build(), submission);
  EXPECT_THAT(told, HasSubstr("SIGUSR1 had already come, before it began to wait."));
  EXPECT_THAT(told, HasSubstr("sigsuspend() or sigwait()"));
}

TEST(ExplainWait, DoesNotTakeASignalThatEndedAPauseForALostOne) {
  RecordingBuilder b;
  const auto submission = b.Start("submission", "/lab/ping");
  b.Delivered(submission, SIGUSR1, record::SignalDelivered::Effect::kHandled, {}, "pause");
  b.Asleep(submission, "pause");
  EXPECT_THAT(Why(b.Build(), submission), Not(HasSubstr("had already come")));
}

TEST(ExplainWait, NamesTheFewSignalsOfAWait) {
  RecordingBuilder b;
  const auto submission = b.Start("submission", "/lab/main");
  b.Asleep(submission, "rt_sigtimedwait").Snapshot("end");
  auto recording = b.Build();
  recording.snapshots["end"].processes[0].threads[0].blocked->signals = {SIGUSR1, SIGTERM};
  EXPECT_THAT(Why(recording, submission), HasSubstr("waits for SIGUSR1, SIGTERM, which does not"));
}

TEST(ExplainWait, EndsWhereManyWaitForEachOther) {
  RecordingBuilder b;
  const auto submission = b.Start("submission", "/lab/ring");
  for (int i = 0; i < 40; ++i) b.Pipe(submission, 3 + 2 * i, 4 + 2 * i);
  std::vector<ProcessIndex> all;
  for (int i = 0; i < 40; ++i) all.push_back(b.Fork(submission));
  for (int i = 0; i < 40; ++i) b.Asleep(all[static_cast<size_t>(i)], "read", 3 + 2 * i);
  b.Asleep(submission, "wait4");
  EXPECT_THAT(Why(b.Build(), submission), HasSubstr("to end."));
}

// --- EvidenceOfEnd

std::vector<std::string> Evidence(const record::Recording& recording) {
  spec::Exercise exercise;
  const Scene scene(exercise, recording);
  std::vector<std::string> told;
  for (const Message& message : EvidenceOfEnd(scene)) told.push_back(Said(message));
  return told;
}

TEST(EvidenceOfEnd, IsNoneOfAProgramThatEnded) {
  RecordingBuilder b;
  b.Exit(b.Start("submission", "/lab/main"));
  EXPECT_THAT(Evidence(b.Build()), IsEmpty());
}

TEST(EvidenceOfEnd, TellsTheLastWordsOfAProgramThatFailed) {
  RecordingBuilder b;
  const auto submission = b.Start("submission", "/lab/pipe");
  const auto reader = b.Start("reader", "/lab/pipe");
  const auto peer = b.Start("server", "/usr/sbin/xinetd", {}, true);
  b.Write(submission, 2, "mkfifo: File exists\n").Exit(submission, 1).Exit(reader).Exit(peer, 9);
  EXPECT_THAT(Evidence(b.Build()),
              ElementsAre("your program (process 2) ended with status 1.",
                          "The last line on its standard error: mkfifo: File exists"));
}

TEST(EvidenceOfEnd, SaysWhichSignalEndedIt) {
  RecordingBuilder b;
  b.Exit(b.Start("submission", "/lab/main"), 0, SIGSEGV);
  EXPECT_THAT(Evidence(b.Build()), ElementsAre("your program (process 2) was ended by SIGSEGV."));
}

TEST(EvidenceOfEnd, SaysWhatAProgramThatHangsWaitsFor) {
  Pair pair;
  pair.b.Outcome(Outcome::kDeadlocked);
  const auto told = Evidence(pair.b.Build());
  ASSERT_GE(told.size(), 3U);
  EXPECT_THAT(told[0], HasSubstr("Nothing could move any more"));
  EXPECT_THAT(told[1], HasSubstr("waits for sort (process 3) to end"));
}

TEST(EvidenceOfEnd, LooksAtAChildWhereTheProgramItselfHasEnded) {
  RecordingBuilder b;
  const auto submission = b.Start("submission", "/lab/daemon");
  const auto child = b.Fork(submission);
  b.Asleep(child, "pause").Exit(submission).Outcome(Outcome::kDeadlocked);
  const auto told = Evidence(b.Build());
  ASSERT_EQ(told.size(), 2U);
  EXPECT_THAT(told[1], HasSubstr("child 1 of your program (process 3) waits for a signal"));
}

TEST(EvidenceOfEnd, NamesEachLimit) {
  const std::pair<Outcome, std::string> all[] = {
      {Outcome::kProcessorLimit, "The processor time was used up (10 s)."},
      {Outcome::kVirtualLimit, "The virtual time was used up (10 d)."},
      {Outcome::kMemoryLimit, "The memory was used up (256 MiB)."},
      {Outcome::kOutputLimit, "It wrote more than is kept (16 MiB)."},
      {Outcome::kNotBuilt, "Your program could not be built."},
      {Outcome::kError, "The run broke off."}};
  for (const auto& [outcome, words] : all) {
    RecordingBuilder b;
    b.Outcome(outcome);
    EXPECT_EQ(Evidence(b.Build()).front(), words);
  }
}

}  // namespace
}  // namespace plumbline::evaluate
