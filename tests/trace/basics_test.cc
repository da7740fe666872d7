// SPDX-License-Identifier: MIT
// Whole programs, from their start to their end.
#include "tests/trace/harness.h"

namespace plumbline::trace::testing {
namespace {

using Programs = TraceTest;
FOR_EACH_ACCOUNT(Programs);

TEST_P(Programs, AnEmptyOne) {
  Supervised([] {
    TracedRun run;
    run.StartTracee("empty");
    run.RunToEnd();
    EXPECT_THAT(run.Story(),
                ::testing::ElementsAre("-1 makes 0", "0 executes /program/empty", "0 exits 0"));
  });
}

TEST_P(Programs, APipelineOfTheShell) {
  Supervised([] {
    TracedRun run({.observed = Everything()});
    run.StartCommand({"bash", "-c", "ls / | sort | wc -l"});
    run.RunToEnd();
    EXPECT_EQ(run.recording().processes.size(), 4u);
    EXPECT_EQ(run.All<record::Executed>().size(), 4u);
    EXPECT_NE(run.Output(), "");
  });
}

TEST_P(Programs, Python) {
  Supervised([] {
    TracedRun run({.observed = Everything()});
    run.StartCommand(
        {"python3", "-c",
         "import subprocess, threading\n"
         "t = threading.Thread(target=lambda: print('thread', flush=True)); t.start(); t.join()\n"
         "print(subprocess.run(['echo', 'x'], capture_output=True).stdout.decode(), end='')"});
    run.RunToEnd();
    EXPECT_EQ(run.Output(), "thread\nx\n");
  });
}

}  // namespace
}  // namespace plumbline::trace::testing
