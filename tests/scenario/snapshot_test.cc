// SPDX-License-Identifier: MIT
// What a snapshot holds beside the processes: files, streams, objects, use; and only what was asked
// for.
#include "tests/scenario/playing.h"

namespace plumbline::scenario::testing {
namespace {

using record::Facet;
using record::FileState;
using record::ObjectKind;
using record::Snapshot;
using record::SnapshotTaken;
using record::StepBegan;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Key;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

class SnapshotTest : public PlayTest {};
FOR_EACH_ACCOUNT(SnapshotTest);

TEST_P(SnapshotTest, StartAndEndAreTakenByThemselves) {
  const Recording seen = Play(Bash("echo x"), "steps: [await: exit]");
  EXPECT_THAT(seen.snapshots, UnorderedElementsAre(Key("start"), Key("end")));
  EXPECT_THAT(seen.snapshot("start")->processes, SizeIs(1));
  EXPECT_EQ(seen.snapshot("start")->processes[0].state, record::ProcessState::kHeld);
  EXPECT_THAT(seen.snapshot("end")->processes, IsEmpty());
}

TEST_P(SnapshotTest, StandAmongTheEvents) {
  const Recording seen = Play(Bash("echo x; read y"), R"(
stdin: open
steps: [await: {output: x}, snapshot: there, close: stdin, await: exit]
)");
  const Snapshot* there = seen.snapshot("there");
  const auto& event = seen.events[static_cast<size_t>(there->event)];
  ASSERT_TRUE(std::holds_alternative<SnapshotTaken>(event.what));
  EXPECT_EQ(std::get<SnapshotTaken>(event.what).name, "there");
  std::vector<int> steps;
  for (const auto* step : All<StepBegan>(seen)) steps.push_back(step->step);
  EXPECT_THAT(steps, ElementsAre(0, 1, 2, 3));
}

TEST_P(SnapshotTest, KnowFiles) {
  const Recording seen =
      Play(Bash("mkfifo -m 600 F; mkdir -m 750 d; printf abc > d/f; ln -s d/f l; chmod 640 d/f"),
           "steps: [await: exit]");
  const auto& files = seen.snapshot("end")->files;
  EXPECT_THAT(files, UnorderedElementsAre(Key("F"), Key("d"), Key("d/f"), Key("l")));
  EXPECT_EQ(files.at("F").kind, ObjectKind::kFifo);
  EXPECT_EQ(files.at("F").mode, 0600u);
  EXPECT_EQ(files.at("d").kind, ObjectKind::kDirectory);
  EXPECT_EQ(files.at("d").mode, 0750u);
  EXPECT_EQ(files.at("d/f").content, "abc");
  EXPECT_EQ(files.at("d/f").size, 3u);
  EXPECT_EQ(files.at("d/f").mode, 0640u);
  EXPECT_EQ(files.at("l").target, "d/f");
  EXPECT_THAT(seen.snapshot("start")->files, IsEmpty());
  EXPECT_TRUE(seen.snapshot("start")->files_taken);
}

TEST_P(SnapshotTest, KnowFilesAsTheyWereThen) {
  const Recording seen = Play(Bash("echo one > F; read x; echo two > F"), R"(
stdin: open
steps: [await: blocked, snapshot: there, close: stdin, await: exit]
)");
  EXPECT_EQ(seen.snapshot("there")->files.at("F").content, "one\n");
  EXPECT_EQ(seen.snapshot("end")->files.at("F").content, "two\n");
}

TEST_P(SnapshotTest, KnowHowFarStreamsWere) {
  const Recording seen = Play(Bash("echo one; read x; echo two; echo three >&2"), R"(
stdin: open
steps: [await: blocked, snapshot: there, close: stdin, await: exit]
)");
  EXPECT_EQ(seen.snapshot("there")->stream_sizes.at("submission.stdout"), 4u);
  EXPECT_EQ(seen.snapshot("there")->stream_sizes.at("submission.stderr"), 0u);
  EXPECT_EQ(seen.snapshot("end")->stream_sizes.at("submission.stdout"), 8u);
}

TEST_P(SnapshotTest, KnowObjectsThatAreLeft) {
  const Recording seen = Play(Python("import ctypes, multiprocessing.shared_memory as m\n"
                                     "libc = ctypes.CDLL(None)\n"
                                     "libc.shmget(0x17, 4096, 0o1600)\n"
                                     "libc.semget(0x18, 1, 0o1600)\n"
                                     "libc.msgget(0x19, 0o1600)\n"
                                     "open('/dev/shm/mine', 'w').close()\n"),
                              "steps: [await: exit]");
  EXPECT_THAT(seen.snapshot("start")->ipc, IsEmpty());
  std::vector<std::string> kinds;
  for (const auto& object : seen.snapshot("end")->ipc) kinds.push_back(object.kind);
  EXPECT_THAT(kinds,
              UnorderedElementsAre("shared memory", "semaphore", "message queue", "shared memory"));
}

TEST_P(SnapshotTest, KnowWhatWasUsed) {
  const Recording seen = Play(Bash("read x; i=0; while ((i++ < 20000)); do :; done; read x"), R"(
stdin: open
steps:
  - await: blocked
  - snapshot: before
  - send: {to: stdin, text: "\n"}
  - await: blocked
  - snapshot: after
)");
  const auto& usage = seen.machine.usage;
  ASSERT_THAT(usage, SizeIs(4));
  EXPECT_GT(usage.at("after").at(0).processor, usage.at("before").at(0).processor);
  EXPECT_GT(usage.at("before").at(0).memory, 1u << 20);
  EXPECT_EQ(usage.at("before").at(0).descriptors, 4u) << "0, 1, 2, and the script";
}

TEST_P(SnapshotTest, HoldOnlyWhatWasAskedFor) {
  const Recording seen =
      Play(Bash("echo x > F; echo out"), "steps: [await: exit]", {.observe = {Facet::kSignals}});
  EXPECT_THAT(seen, Exits(0));
  EXPECT_EQ(Out(seen), "out\n");
  EXPECT_FALSE(seen.snapshot("end")->files_taken);
  EXPECT_THAT(seen.snapshot("end")->files, IsEmpty());
  EXPECT_THAT(seen.machine.usage, IsEmpty());
  EXPECT_THAT(seen.header.observed, ElementsAre(Facet::kSignals));
  const Recording names =
      Play(Bash("echo x > F"), "steps: [await: exit]", {.observe = {Facet::kFiles}});
  EXPECT_TRUE(names.snapshot("end")->files_taken);
  EXPECT_EQ(names.snapshot("end")->files.at("F").size, 2u);
  EXPECT_EQ(names.snapshot("end")->files.at("F").content, "");
}

TEST_P(SnapshotTest, HeadTheRecordingWithWhatWasPlanned) {
  Plan plan = PlanOf(Bash("exit 0"), "steps: [await: exit]");
  plan.seed = 7;
  const Recording seen = Play(plan);
  EXPECT_EQ(seen.header.exercise, "played");
  EXPECT_EQ(seen.header.exercise_hash, plan.exercise_hash);
  EXPECT_EQ(seen.header.artifact_hash, "a");
  EXPECT_EQ(seen.header.language, "sh");
  EXPECT_EQ(seen.header.scenario, "played");
  EXPECT_EQ(seen.header.seed, 7u);
  EXPECT_EQ(seen.header.isolation, "B");
  EXPECT_EQ(seen.placeholders.at("cwd"), "/lab");
  EXPECT_GT(seen.machine.real_time, Duration{});
}

}  // namespace
}  // namespace plumbline::scenario::testing
