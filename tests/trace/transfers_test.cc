// SPDX-License-Identifier: MIT
// Bytes that pass: by every call that moves them, put together to bursts, and only where somebody
// looks.
#include <sys/resource.h>

#include "tests/support/sanitized.h"
#include "tests/trace/harness.h"

namespace plumbline::trace::testing {
namespace {

using record::Transfer;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Transfers = TraceTest;
FOR_EACH_ACCOUNT(Transfers);

// "reads 3 in 1 call by read: abc", of the program itself: not of the loader's files.
std::vector<std::string> Moved(const TracedRun& run, Transfer::Way way) {
  std::vector<std::string> moved;
  for (const Transfer* transfer : run.All<Transfer>()) {
    const record::Object* object = run.recording().object(transfer->object);
    if (transfer->way != way || object->name.starts_with("/usr/") ||
        object->name.starts_with("/etc/"))
      continue;
    std::string text = std::to_string(transfer->bytes) + " in " + std::to_string(transfer->calls) +
                       " on " + std::to_string(transfer->fd);
    if (transfer->ends > 0) text += ", end";
    moved.push_back(text + ": " + transfer->first);
  }
  return moved;
}

TEST_P(Transfers, ByEveryCall) {
  Supervised([] {
    TracedRun run({.observed = Everything()});
    run.StartTracee("moves_bytes");
    run.RunToEnd();
    EXPECT_EQ(run.EndOf(0)->status, 0) << run.Errors();
    EXPECT_THAT(Moved(run, Transfer::Way::kRead),
                ElementsAre("18 in 3 on 3, end: abcdefgh",  // read, readv, splice's source
                            "14 in 2 on 5: 6789",           // pread, sendfile's source
                            "10 in 1 on 8: 0123456789",     // what tee() copied
                            "10 in 3 on 11: xyzxyzxyzs"));  // recvmsg, recvmmsg, recv
    EXPECT_THAT(Moved(run, Transfer::Way::kWritten),
                ElementsAre("18 in 3 on 4: abcdefgh",       // write, writev, sendfile
                            "10 in 1 on 5: 0123456789",     // pwrite
                            "10 in 1 on 7: ",               // splice
                            "10 in 1 on 9: ",               // tee
                            "10 in 3 on 10: xyzxyzxyzs"));  // sendmsg, sendmmsg, send
  });
}

TEST_P(Transfers, AreABurstUntilSomethingElseHappensToTheDescriptor) {
  Supervised([] {
    TracedRun run({.observed = Everything()});
    run.StartCommand({"bash", "-c", "echo a > f; echo b > f; printf 'x\ny\n' > f"});
    run.RunToEnd();
    EXPECT_THAT(Moved(run, Transfer::Way::kWritten),
                ElementsAre("2 in 1 on 1: a\n", "2 in 1 on 1: b\n", "4 in 2 on 1: x\ny\n"));
  });
}

TEST_P(Transfers, OfFailuresThereIsACall) {
  Supervised([] {
    TracedRun run({.observed = Everything()});
    run.StartTracee("broken_pipe");
    run.RunToEnd();
    const auto failed = run.Calls("write", 0);
    ASSERT_EQ(failed.size(), 1u);
    EXPECT_EQ(failed[0]->error, EPIPE);
    EXPECT_EQ(failed[0]->family, "write");
    EXPECT_THAT(Moved(run, Transfer::Way::kWritten), IsEmpty());
  });
}

TEST_P(Transfers, ManySmallPiecesAreFewEvents) {
  Supervised([] {
    TracedRun run({.observed = Everything()});
    run.StartTracee("small_pieces", {"20000"});
    run.RunToEnd();
    EXPECT_THAT(Moved(run, Transfer::Way::kWritten),
                ElementsAre("20000 in 20000 on 4: " + std::string(64, 'x')));
    EXPECT_LT(run.recording().events.size(), 30u);
    // Each event, but not each stop, comes after what was written before it.
    EXPECT_GT(run.tracer().stops(), 80'000u);
    EXPECT_LT(run.readings(), 30);
  });
}

TEST_P(Transfers, CostNothingWhereNobodyLooks) {
  Supervised([] {
    TracedRun run;
    run.StartTracee("small_pieces", {"1000000"});
    run.RunToEnd();
    EXPECT_THAT(run.All<Transfer>(), IsEmpty());
    EXPECT_EQ(run.EndOf(0)->status, 0);
    EXPECT_LT(run.tracer().stops(), 20u);
  });
}

TEST_P(Transfers, LeaveTheTracerSmall) {
  Supervised([] {
    TracedRun run({.observed = Everything()});
    run.StartTracee("small_pieces", {"1000"});
    run.RunToEnd();
    rusage before{};
    ::getrusage(RUSAGE_SELF, &before);
    TracedRun large({.observed = Everything()});
    large.StartTracee("small_pieces", {"50000"});
    large.RunToEnd();
    rusage after{};
    ::getrusage(RUSAGE_SELF, &after);
    // Under the sanitizer what was freed stays for a while.
    constexpr long kMost = plumbline::testing::kSanitized ? 256 * 1024 : 1024;
    EXPECT_LT(after.ru_maxrss - before.ru_maxrss, kMost) << "KiB";
  });
}

}  // namespace
}  // namespace plumbline::trace::testing
