// SPDX-License-Identifier: MIT
#include "graders/pipes/carried_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/judging.h"
#include "tests/support/recording_builder.h"

namespace plumbline::testing {
namespace {

using ::testing::HasSubstr;
using Edges = std::vector<spec::Edge>;

Use Carried(const std::string& from, const std::string& to) {
  Use use(graders::pipes::Carried());
  return use.With("edge", Edges{EdgeOf(from, to)});
}

// The writer has a pipe at 4 (and a FIFO at 5), its child reads at 3 (and 5).
struct Pair {
  RecordingBuilder b;
  ProcessIndex writer = b.Start("submission", "/lab/main");
  int pipe = b.Pipe(writer, 3, 4);
  ProcessIndex reader = b.Fork(writer);

  Pair() {
    b.Open(writer, 5, "/lab/F", false, true, ObjectKind::kFifo);
    b.Open(reader, 5, "/lab/F", true, false, ObjectKind::kFifo);
  }
};

TEST(PipesCarriedCheck, CountsWhatWasWrittenAndRead) {
  Pair pair;
  pair.b.Write(pair.writer, 4, "0123456789").Read(pair.reader, 3, "0123456");
  const auto recording = pair.b.Build();
  EXPECT_EQ(Carried("submission.4", "submission/1.3").On(recording), "pass");
  EXPECT_EQ(Carried("submission.*", "submission/1.*").On(recording), "pass");
  EXPECT_EQ(Carried("all.*", "all.*").On(recording), "pass");
  Use carried = Carried("submission.4", "submission/1.3");
  EXPECT_EQ(carried.With("bytes", spec::Range{7, 7}).On(recording), "pass");
  EXPECT_EQ(carried.With("bytes", spec::Range{8, {}}).On(recording), "nothing-carried");
  EXPECT_THAT(carried.told(),
              HasSubstr("through a pipe or FIFO: 7 B; it should be: at least 8 B."));
  EXPECT_THAT(carried.told(), HasSubstr("The writer wrote 10 B to"));
  EXPECT_THAT(carried.told(), HasSubstr("The reader read 7 B from"));
}

TEST(PipesCarriedCheck, LooksAtTheDescriptorsThatTheEdgeNames) {
  Pair pair;
  pair.b.Write(pair.writer, 4, "x").Read(pair.reader, 3, "x");
  EXPECT_EQ(Carried("submission.1", "submission/1.3").On(pair.b.Build()), "nothing-carried");
  EXPECT_EQ(Carried("submission.4", "submission/1.0").On(pair.b.Build()), "nothing-carried");
}

TEST(PipesCarriedCheck, TellsPipesAndFifosApart) {
  Pair pair;
  pair.b.Write(pair.writer, 5, "x").Read(pair.reader, 5, "x");
  const auto recording = pair.b.Build();
  EXPECT_EQ(Carried("all.*", "all.*").With("via", "fifo").On(recording), "pass");
  EXPECT_EQ(Carried("all.*", "all.*").On(recording), "pass");
  EXPECT_EQ(Carried("all.*", "all.*").With("via", "pipe").On(recording), "nothing-carried");
}

TEST(PipesCarriedCheck, ReportsAFileInstead) {
  RecordingBuilder b;
  const auto writer = b.Start("submission", "/lab/main");
  const auto reader = b.Fork(writer);
  b.Open(writer, 3, "/lab/F", false, true).Write(writer, 3, "x");
  b.Open(reader, 3, "/lab/F", true, false).Read(reader, 3, "x");
  Use carried = Carried("all.*", "all.*");
  EXPECT_EQ(carried.On(b.Build()), "nothing-carried");
  EXPECT_THAT(carried.told(), HasSubstr("The bytes went another way"));
}

TEST(PipesCarriedCheck, DoesNotTakeTwoPipesForOne) {
  Pair pair;
  pair.b.Write(pair.writer, 4, "x").Read(pair.reader, 5, "x");
  EXPECT_EQ(Carried("all.*", "all.*").On(pair.b.Build()), "nothing-carried");
}

TEST(PipesCarriedCheck, IncludesAProgramThatAStepStartedAndItsChildren) {
  RecordingBuilder b;
  const auto writer = b.Start("submission", "/lab/named-pipe");
  const auto second = b.Start("reader", "/lab/named-pipe");
  const auto cat = b.Fork(second);
  b.Open(cat, 0, "/lab/F", true, false, ObjectKind::kFifo).Exec(cat, "/usr/bin/cat");
  b.Open(writer, 3, "/lab/F", false, true, ObjectKind::kFifo);
  b.Write(writer, 3, "bon dia\n").Read(cat, 0, "bon dia\n");
  Use carried = Carried("all.*", "all.*");
  EXPECT_EQ(carried.With("via", "fifo").On(b.Build()), "pass");
}

TEST(PipesCarriedCheck, CountsASpliceOnBothSides) {
  RecordingBuilder b;
  const auto writer = b.Start("submission", "/lab/main");
  const auto reader = b.Fork(writer);
  b.Open(writer, 3, "/lab/F", false, true, ObjectKind::kFifo);
  b.Open(reader, 3, "/lab/F", true, false, ObjectKind::kFifo);
  for (const auto& [process, way] : {std::pair(writer, record::Transfer::Way::kWritten),
                                     std::pair(reader, record::Transfer::Way::kRead)}) {
    b.Event(process,
            record::Transfer{
                .fd = 3, .object = 4, .way = way, .call = "splice", .calls = 1, .bytes = 4096});
  }
  const auto recording = b.Build();
  ASSERT_EQ(recording.objects[3].kind, ObjectKind::kFifo);
  EXPECT_EQ(Carried("all.*", "all.*").With("via", "fifo").On(recording), "pass");
}

TEST(PipesCarriedCheck, DoesNotCountPeers) {
  RecordingBuilder b;
  const auto writer = b.Start("submission", "/lab/main");
  const auto peer = b.Start("reader", "/usr/bin/cat", {}, true);
  b.Open(writer, 3, "/lab/F", false, true, ObjectKind::kFifo).Write(writer, 3, "x");
  b.Open(peer, 3, "/lab/F", true, false, ObjectKind::kFifo).Read(peer, 3, "x");
  EXPECT_EQ(Carried("all.*", "all.*").On(b.Build()), "nothing-carried");
  EXPECT_EQ(Carried("all.*", "@reader.*").On(b.Build()), "pass");
}

TEST(PipesCarriedCheck, TakesAPathForAnEnd) {
  Pair pair;
  pair.b.Write(pair.writer, 5, "xyz");
  const auto recording = pair.b.Build();
  EXPECT_EQ(Carried("submission.*", "file:F").With("bytes", spec::Range{3, 3}).On(recording),
            "pass");
  EXPECT_EQ(Carried("file:F", "submission/1.*").On(recording), "nothing-carried");
}

TEST(PipesCarriedCheck, TakesAChannelForAnEnd) {
  RecordingBuilder b;
  const auto submission = b.Start("submission", "/lab/main");
  b.Read(submission, 0, "xy");
  Use carried = Carried("channel:stdin", "submission.0");
  EXPECT_EQ(carried.With("bytes", spec::Range{2, 2}).On(b.Build()), "pass");
}

TEST(PipesCarriedCheck, ReportsBytesWhereNoneShouldGo) {
  Pair pair;
  pair.b.Write(pair.writer, 4, "x").Read(pair.reader, 3, "x");
  Use carried = Carried("all.*", "all.*");
  EXPECT_EQ(carried.With("bytes", spec::Range{0, 0}).On(pair.b.Build()), "nothing-carried");
  EXPECT_TRUE(carried.finding().why.empty());
}

TEST(PipesCarriedCheck, FindsNobody) {
  EXPECT_EQ(Carried("cat.1", "all.*").On(Pair().b.Build()), "nobody");
  EXPECT_EQ(Carried("all.*", "cat.0").On(Pair().b.Build()), "nobody");
}

TEST(PipesCarriedCheck, IsUnjudgeableWithoutTransfers) {
  Pair pair;
  pair.b.Observed({});
  EXPECT_EQ(Carried("all.*", "all.*").On(pair.b.Build()), "unjudgeable");
}

}  // namespace
}  // namespace plumbline::testing
