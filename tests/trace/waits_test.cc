// SPDX-License-Identifier: MIT
// Waits: who was reaped, how that is told, what parents are told instead.
#include <sys/wait.h>

#include <csignal>

#include "tests/trace/harness.h"

namespace plumbline::trace::testing {
namespace {

using record::Reaped;
using ::testing::ElementsAre;
using ::testing::Pair;
using Waits = TraceTest;
FOR_EACH_ACCOUNT(Waits);

TEST_P(Waits, InEveryWay) {
  Supervised([] {
    TracedRun run;
    run.StartTracee("waits");
    run.RunToEnd();
    EXPECT_EQ(run.Output(), "3 0 1 -1 ECHILD -1 ECHILD \n");
    std::vector<std::pair<ProcessIndex, int>> reaped;
    for (const Reaped* reap : run.All<Reaped>(0)) {
      reaped.emplace_back(reap->child, reap->wait_status);
      EXPECT_EQ(reap->automatic, reap->child == 5);
    }
    EXPECT_THAT(reaped, ElementsAre(Pair(1, 3 << 8), Pair(2, 4 << 8), Pair(3, SIGKILL),
                                    Pair(4, 5 << 8), Pair(5, 6 << 8)));
    for (const Process& process : run.tracer().processes())
      EXPECT_EQ(process.reaped, process.index != 0) << process.index;
  });
}

TEST_P(Waits, TheirStatusIsDecoded) {
  Supervised([] {
    TracedRun run;
    run.StartTracee("stops_child");
    run.RunToEnd();
    std::vector<std::string> statuses;
    for (const record::Call* wait : run.Calls("wait4", 0)) {
      EXPECT_EQ(wait->result, 3);
      statuses.push_back(wait->args.at(1).second);
    }
    EXPECT_THAT(statuses, ElementsAre("stopped SIGSTOP", "continued", "killed SIGTERM"));
  });
}

TEST_P(Waits, OfWaitidToo) {
  Supervised([] {
    TracedRun run;
    run.StartTracee("waits");
    run.RunToEnd();
    std::vector<std::string> told;
    for (const record::Call* wait : run.Calls("waitid", 0)) told.push_back(wait->args.at(2).second);
    EXPECT_THAT(told, ElementsAre("5 killed SIGKILL", "5 killed SIGKILL", "NULL"));
    const auto wait4 = run.Calls("wait4", 0);
    EXPECT_EQ(wait4.at(0)->args.at(1).second, "exited 3");
    EXPECT_EQ(wait4.at(1)->args.at(1).second, "NULL");
    EXPECT_EQ(wait4.at(2)->args.at(1).second, "...");  // WNOHANG, nobody yet
    EXPECT_EQ(wait4.at(2)->args.at(2).second, "WNOHANG");
    EXPECT_EQ(wait4.back()->error, ECHILD);
  });
}

TEST_P(Waits, ByPidfd) {
  Supervised([] {
    TracedRun run;
    run.StartTracee("pidfd");
    run.RunToEnd();
    EXPECT_EQ(run.Output(), "1 15\n");
    const auto sent = run.All<record::SignalSent>(0);
    ASSERT_EQ(sent.size(), 1u);
    EXPECT_THAT(sent[0]->to, ElementsAre(1));
    EXPECT_EQ(sent[0]->call, "pidfd_send_signal");
    EXPECT_EQ(run.All<Reaped>(0).at(0)->child, 1);
  });
}

TEST_P(Waits, AreToldAnotherStatus) {
  Supervised([] {
    TracedRun run({.told_status = [](const Process& child) -> std::optional<int> {
      return child.program == "true" ? std::optional<int>(7 << 8) : std::nullopt;
    }});
    run.StartCommand(
        {"bash", "-c", "/usr/bin/true & wait $!; echo $?; /usr/bin/true; echo $?; false; echo $?"});
    run.RunToEnd();
    EXPECT_EQ(run.Output(), "7\n7\n1\n");
    for (const Reaped* reap : run.All<Reaped>(0)) EXPECT_EQ(reap->wait_status, 7 << 8);
    EXPECT_EQ(run.EndOf(1)->status, 0);
  });
}

TEST_P(Waits, OfWaitidAreToldASignal) {
  Supervised([] {
    TracedRun run({.told_status = [](const Process&) { return std::optional<int>(SIGSEGV); }});
    run.StartTracee("waits");
    run.RunToEnd();
    // waitpid() into a status is told the same; the look that leaves the child as well.
    EXPECT_EQ(run.Output(), "0 0 0 -1 ECHILD -1 ECHILD \n");
    EXPECT_EQ(run.Calls("waitid", 0).at(0)->args.at(2).second, "5 killed SIGSEGV");
  });
}

}  // namespace
}  // namespace plumbline::trace::testing
