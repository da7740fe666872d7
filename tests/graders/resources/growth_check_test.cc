// SPDX-License-Identifier: MIT
#include "graders/resources/growth_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/judging.h"
#include "tests/support/recording_builder.h"

namespace plumbline::testing {
namespace {

using ::testing::HasSubstr;

struct Server {
  RecordingBuilder b;
  ProcessIndex submission = b.Start("submission", "/lab/server");

  Server() {
    b.Listen(submission, 3, "127.0.0.1:7");
    b.Usage(submission, {.memory = 1 << 20}).Snapshot("before");
  }
  record::Recording Later() {
    b.Snapshot("after");
    return b.Build();
  }
};

Use Growth(const Words& what) {
  Use use(graders::resources::Growth());
  return use.With("between", Words{"before", "after"}).With("what", what);
}

TEST(ResourcesGrowthCheck, PassesWhenNothingGrew) {
  EXPECT_EQ(Growth({"descriptors", "processes", "memory"}).On(Server().Later()), "pass");
}

TEST(ResourcesGrowthCheck, CountsDescriptors) {
  Server server;
  server.b.Accept(server.submission, 3, 4, "a");
  const auto recording = server.Later();
  EXPECT_EQ(Growth({"processes"}).On(recording), "pass");
  EXPECT_EQ(Growth({"descriptors"}).With("most", "1").On(recording), "pass");
  Use growth = Growth({"processes", "descriptors"});
  EXPECT_EQ(growth.On(recording), "grew");
  EXPECT_THAT(growth.told(), HasSubstr("the number of open descriptors grew from 4 to 5; by at "
                                       "most 0 would be right."));
  EXPECT_THAT(growth.told(), HasSubstr("New in your program (process 2): descriptor 4"));
}

TEST(ResourcesGrowthCheck, CountsTheDescriptorsOfAll) {
  Server server;
  const auto child = server.b.Fork(server.submission);
  EXPECT_EQ(Growth({"descriptors"}).On(server.Later()), "grew");
  EXPECT_EQ(Growth({"descriptors"}).Who({"submission"}).On(server.Later()), "pass");
  server.b.Exit(child);
  EXPECT_EQ(Growth({"descriptors"}).On(server.Later()), "pass");
}

TEST(ResourcesGrowthCheck, CountsProcessesAndZombies) {
  Server server;
  const auto child = server.b.Fork(server.submission);
  server.b.Fork(server.submission);
  server.b.Exit(child);
  Use growth = Growth({"processes"});
  EXPECT_EQ(growth.With("most", "1").On(server.Later()), "grew");
  EXPECT_THAT(growth.told(), HasSubstr("the number of processes grew from 1 to 3"));
  EXPECT_THAT(growth.told(), HasSubstr("New, and a zombie: child 1 of your program (process 3)."));
  EXPECT_THAT(growth.told(), HasSubstr("New: child 2 of your program (process 4)."));
  EXPECT_EQ(growth.With("most", "2").On(server.Later()), "pass");
}

TEST(ResourcesGrowthCheck, CountsMemory) {
  Server server;
  server.b.Usage(server.submission, {.memory = 3 << 20});
  Use growth = Growth({"memory"});
  EXPECT_EQ(growth.With("most", int64_t{2 << 20}).On(server.Later()), "pass");
  EXPECT_EQ(growth.With("most", int64_t{1 << 20}).On(server.Later()), "grew");
  EXPECT_THAT(growth.told(), HasSubstr("the resident memory grew by more than 1 MiB."));
}

TEST(ResourcesGrowthCheck, TellsNoAmountThatDiffersFromRunToRun) {
  std::string told;
  for (const uint64_t memory : {5U << 20, 6U << 20}) {
    Server server;
    server.b.Usage(server.submission, {.memory = memory});
    Use growth = Growth({"memory"});
    EXPECT_EQ(growth.On(server.Later()), "grew");
    EXPECT_TRUE(told.empty() || told == growth.told());
    told = growth.told();
  }
}

TEST(ResourcesGrowthCheck, PassesWhenThingsShrink) {
  Server server;
  server.b.Close(server.submission, 3);
  EXPECT_EQ(Growth({"descriptors"}).On(server.Later()), "pass");
}

TEST(ResourcesGrowthCheck, FindsNobody) {
  EXPECT_EQ(Growth({"processes"}).Who({"submission/1"}).On(Server().Later()), "nobody");
}

TEST(ResourcesGrowthCheck, IsNotReachedWithoutBothSnapshots) {
  EXPECT_EQ(Growth({"processes"}).On(Server().b.Build()), "not reached");
}

TEST(ResourcesGrowthCheck, NeedsWhatItCounts) {
  Server server;
  server.b.Observed({});
  EXPECT_EQ(Growth({"processes"}).On(server.Later()), "pass");
  EXPECT_EQ(Growth({"descriptors"}).On(server.Later()), "unjudgeable");
  EXPECT_EQ(Growth({"memory"}).On(server.Later()), "unjudgeable");
}

}  // namespace
}  // namespace plumbline::testing
