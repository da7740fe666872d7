// SPDX-License-Identifier: MIT
// A recording stays small, whatever a program does, and says so.
#include "tests/trace/harness.h"

namespace plumbline::trace::testing {
namespace {

using Bounds = TraceTest;
FOR_EACH_ACCOUNT(Bounds);

// A hundred thousand signals between two processes are more than are kept, and all are delivered.
TEST_P(Bounds, OfEvents) {
  Supervised([] {
    TracedRun run;
    run.StartTracee("signal_rally", {"50000"});
    run.RunToEnd();
    EXPECT_EQ(run.Output(), "50000\n");
    EXPECT_EQ(run.recording().events.size(), 200'001u);
    EXPECT_EQ(run.Story().back(), "0 cut: more than 200000 events");
  });
}

TEST_P(Bounds, OfText) {
  Supervised([] {
    TracedRun run;
    run.StartCommand({"python3", "-c", R"(
import os
for i in range(200):
    try: os.execve('/none', ['x' * 100000] * 5, {})
    except FileNotFoundError: pass
if os.fork() == 0: os._exit(0)
os.wait())"});
    run.RunToEnd();
    const auto cuts = run.All<record::Cut>();
    ASSERT_EQ(cuts.size(), 1u);
    EXPECT_EQ(cuts[0]->why, "more than 64 MiB of text");
    // Who is born afterwards was born there, and the recording can be read.
    ASSERT_EQ(run.recording().processes.size(), 2u);
    EXPECT_EQ(run.recording().processes[1].born,
              static_cast<int>(run.recording().events.size()) - 1);
    const auto read = record::FromCbor(record::ToCbor(run.recording()));
    EXPECT_TRUE(read) << read.error().message;
    EXPECT_EQ(run.tracer().processes()[0].end_status, 0);
  });
}

TEST_P(Bounds, OfOutput) {
  Supervised([] {
    TracedRun run;
    run.journal().AddOutput("a", "12345", Bytes{8});
    run.journal().AddOutput("a", "67890", Bytes{8});
    run.journal().AddOutput("b", "x", Bytes{8});
    const record::Stream& stream = run.recording().streams.at("a");
    EXPECT_EQ(stream.bytes, "12345678");
    EXPECT_TRUE(stream.cut);
    EXPECT_EQ(stream.total, 10u);
    EXPECT_THAT(run.Story(), ::testing::ElementsAre("-1 stream a", "-1 stream b"));
  });
}

}  // namespace
}  // namespace plumbline::trace::testing
