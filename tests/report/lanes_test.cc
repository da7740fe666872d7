// SPDX-License-Identifier: MIT
#include "report/lanes.h"

#include <gmock/gmock.h>

#include <chrono>

#include "report/layout.h"
#include "tests/report/sample.h"

namespace plumbline::testing {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;

std::string Drawn(RecordingBuilder& b, size_t width = 80) {
  const record::Recording run = b.Build();
  const spec::Exercise none;
  return report::Lanes(evaluate::Scene(none, run), 2, width, false, In("en"));
}

TEST(Lanes, DrawWhoMadeSignalledAndWaitedForWhom) {
  RecordingBuilder b;
  const auto submission = b.Start("submission", "/lab/main");
  const auto child = b.Fork(submission);
  b.SignalSent(submission, child, SIGTERM);
  b.Exit(child, 3).Reap(submission, child);
  EXPECT_EQ(Drawn(b),
            "  2 your program                    3 child 1 of your program\n"
            "   ├─ fork() ────────────────────────▶\n"
            "   ├─ SIGTERM ───────────────────────▶\n"
            "   ◀─ exit 3 ────────────────────────┤\n");
}

TEST(Lanes, SayHowMuchTimeWentBy) {
  RecordingBuilder b;
  const auto submission = b.Start("submission", "/lab/main");
  const auto child = b.Fork(submission);
  b.Advance(std::chrono::seconds(90)).Exit(child).Reap(submission, child);
  EXPECT_THAT(Drawn(b), HasSubstr("│ +1.5 min\n"));
}

TEST(Lanes, OfTheExerciseSendsSignals) {
  RecordingBuilder b;
  const auto submission = b.Start("submission", "/lab/main");
  b.SignalSent(record::kGrader, submission, SIGUSR1);
  EXPECT_THAT(Drawn(b), HasSubstr("the exercise"));
  EXPECT_THAT(Drawn(b), EndsWith("SIGUSR1 ───────────────────────▶\n"));
}

TEST(Lanes, AreNoneWhereNobodyDidAnything) {
  RecordingBuilder b;
  b.Exit(b.Start("submission", "/lab/main"));
  EXPECT_EQ(Drawn(b), "");
}

TEST(Lanes, AreAsManyAsThereIsRoomFor) {
  RecordingBuilder b;
  const auto submission = b.Start("submission", "/lab/main");
  for (int i = 0; i < 50; ++i) (void)b.Fork(submission);
  const std::string drawing = Drawn(b);
  EXPECT_THAT(drawing, EndsWith("… more: 46\n"));  // of five lanes one makes four
  EXPECT_THAT(drawing, Not(HasSubstr("9 child")));
  for (size_t at = 0; at < drawing.size();) {
    const size_t end = drawing.find('\n', at);
    EXPECT_LE(report::Columns(drawing.substr(at, end - at)), 80U);
    at = end + 1;
  }
}

TEST(Lanes, DrawFortyArrows) {
  RecordingBuilder b;
  const auto submission = b.Start("submission", "/lab/main");
  const auto child = b.Fork(submission);
  for (int i = 0; i < 100; ++i) b.SignalSent(submission, child, SIGUSR1);
  EXPECT_THAT(Drawn(b), EndsWith("… more: 61\n"));
}

}  // namespace
}  // namespace plumbline::testing
