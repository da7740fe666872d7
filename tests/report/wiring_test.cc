// SPDX-License-Identifier: MIT
#include "report/wiring.h"

#include "tests/report/sample.h"
#include "tests/support/golden.h"

namespace plumbline::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string Drawn(const record::Recording& recording, const std::string& snapshot,
                  bool colour = false, const std::string& lang = "en") {
  const spec::Exercise exercise;
  const evaluate::Scene scene(exercise, recording);
  return report::Wiring(scene, *recording.snapshot(snapshot), 2, 80, colour, In(lang));
}

TEST(Wiring, DrawsAChainAndMarksTheEndThatIsKept) {
  const std::string text = Drawn(HangingChain(), "running");
  EXPECT_EQ(text, Golden("report/wiring.txt", text));
  EXPECT_THAT(text, HasSubstr("6  → pipe B  ! kept open, not used"));
  EXPECT_THAT(text, HasSubstr("pipe B: your program 6 (!), sort 1 → wc 0"));
}

TEST(Wiring, SpeaksTheLanguageThatWasAskedFor) {
  EXPECT_THAT(Drawn(HangingChain(), "running", false, "ca"), HasSubstr("obert i sense ús"));
  EXPECT_THAT(Drawn(HangingChain(), "running", false, "es"),
              HasSubstr("tubería B: tu programa 6 (!)"));
}

TEST(Wiring, PaintsTheEndThatIsKept) {
  EXPECT_THAT(Drawn(HangingChain(), "running", true), HasSubstr("\x1b[31m6  → pipe B"));
}

TEST(Wiring, MarksNothingWhereTransfersWereNotObserved) {
  auto recording = HangingChain();
  recording.header.observed.erase(record::Facet::kTransfers);
  EXPECT_THAT(Drawn(recording, "running"), Not(HasSubstr("!")));
}

TEST(Wiring, IsEmptyWhereNothingIsJoined) {
  RecordingBuilder b;
  b.Start("submission", "/lab/main");
  EXPECT_EQ(Drawn(b.Build(), "end"), "");
}

TEST(Wiring, NamesAFifoByItsPath) {
  RecordingBuilder b;
  const auto submission = b.Start("submission", "/lab/main");
  b.Open(submission, 3, "/lab/F", false, true, ObjectKind::kFifo);
  const std::string text = Drawn(b.Build(), "end");
  EXPECT_THAT(text, HasSubstr("3  → the FIFO F"));
  EXPECT_THAT(text, HasSubstr("the FIFO F: your program 3 (!) → nobody"));
}

TEST(Wiring, JoinsTwoSockets) {
  RecordingBuilder b;
  const auto submission = b.Start("submission", "/lab/main");
  const int one = b.NewObject(ObjectKind::kSocket, "socket");
  const int other = b.NewObject(ObjectKind::kSocket, "socket");
  b.Call(submission, {.name = "socketpair", .made_object = one, .made_object2 = other});
  b.Descriptor(submission, 3, {.object = one, .readable = true, .writable = true});
  const auto child = b.Fork(submission);
  b.Close(child, 3).Descriptor(child, 4, {.object = other, .readable = true, .writable = true});
  b.Write(submission, 3, "x").Read(child, 4, "x");
  const std::string text = Drawn(b.Build(), "end");
  EXPECT_THAT(text, HasSubstr("3  ↔ sockets A"));
  EXPECT_THAT(text, HasSubstr("4  ↔ sockets A"));
  EXPECT_THAT(text, HasSubstr("sockets A: your program 3 ↔ child 1 of your program 4"));
}

TEST(Wiring, ShortensLongNames) {
  RecordingBuilder b;
  const auto submission = b.Start("submission", "/lab/main");
  b.Open(submission, 3, "/lab/" + std::string(300, 'F'), false, true, ObjectKind::kFifo);
  EXPECT_THAT(Drawn(b.Build(), "end"), HasSubstr("the FIFO FFFFFFFFFFFFFFFFFFFF…"));
}

TEST(Wiring, DrawsNoMoreThanTwelveBoxesAndSixteenEnds) {
  RecordingBuilder b;
  const auto submission = b.Start("submission", "/lab/main");
  for (int i = 0; i < 30; ++i) b.Pipe(submission, 3 + 2 * i, 4 + 2 * i);
  for (int i = 0; i < 20; ++i) b.Fork(submission);
  const std::string text = Drawn(b.Build(), "end");
  EXPECT_THAT(text, HasSubstr("… more processes: 9"));
  EXPECT_THAT(text, HasSubstr("│ …"));
  EXPECT_THAT(text, HasSubstr("pipe Z:"));
  EXPECT_THAT(text, HasSubstr("pipe 27:"));
}

}  // namespace
}  // namespace plumbline::testing
