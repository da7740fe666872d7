// SPDX-License-Identifier: MIT
#include "cli/isolation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace plumbline::cli {
namespace {

using sandbox::Rung;
using ::testing::HasSubstr;

TEST(Isolation, AutoIsTheBestThereIs) {
  EXPECT_EQ(ChooseRung("auto", "", Rung::kA), Rung::kA);
  EXPECT_EQ(ChooseRung("auto", "B", Rung::kB), Rung::kB);
}

TEST(Isolation, ALowerRungCanBeAskedFor) { EXPECT_EQ(ChooseRung("C", "", Rung::kA), Rung::kC); }

TEST(Isolation, AHigherOneThanThereIsFails) {
  const auto rung = ChooseRung("A", "", Rung::kB);
  ASSERT_FALSE(rung);
  EXPECT_EQ(rung.error().status, 3);
  EXPECT_THAT(rung.error().text, HasSubstr("doctor"));
}

Crew::Options Stub() { return {.program = STUB_SUPERVISOR, .most = 1}; }

TEST(Isolation, ASupervisorSaysWhatItCanOffer) {
  Crew crew(Stub());
  EXPECT_EQ(ChooseRung(crew, "auto", "", {"A"}), Rung::kA);
  EXPECT_EQ(ChooseRung(crew, "auto", "", {"B"}), Rung::kB);
  EXPECT_EQ(ChooseRung(crew, "B", "", {"A"}), Rung::kB);
  const auto better = ChooseRung(crew, "A", "", {"B"});
  ASSERT_FALSE(better);
  EXPECT_THAT(better.error().text, HasSubstr("the best here is B"));
}

// A supervisor that tried namespaces cannot do without them later.
TEST(Isolation, NoSupervisorIsAskedForWhatIsWithoutNamespaces) {
  Crew crew(Stub());
  EXPECT_EQ(ChooseRung(crew, "C", "", {"nobody asks"}), Rung::kC);
}

TEST(Isolation, WhereNoneIsOfferedTheMachineIsTried) {
  Crew crew(Stub());
  const auto rung = ChooseRung(crew, "auto", "", {"none"});
  EXPECT_EQ(rung.value_or(Rung::kUnsafe), sandbox::BestRung());
  EXPECT_EQ(ChooseRung(crew, "auto", "", {"B"}), Rung::kB) << "another supervisor";
}

TEST(Isolation, UnsafeIsForThoseWhoSaySo) {
  const auto rung = ChooseRung("auto", "", Rung::kUnsafe);
  ASSERT_FALSE(rung);
  EXPECT_THAT(rung.error().text, HasSubstr("--isolation unsafe"));
  EXPECT_EQ(ChooseRung("unsafe", "", Rung::kUnsafe), Rung::kUnsafe);
  EXPECT_EQ(ChooseRung("unsafe", "", Rung::kA), Rung::kUnsafe);
}

spec::Exercise ExerciseWith(spec::Scenario scenario, std::vector<std::string> kinds = {}) {
  spec::Exercise exercise;
  scenario.name = "one";
  exercise.scenario_order = {"one"};
  exercise.scenarios["one"] = std::move(scenario);
  for (const std::string& kind : kinds) {
    spec::Check check;
    check.requirements.emplace_back(spec::Clause{.kind = kind});
    exercise.checks.push_back(std::move(check));
  }
  return exercise;
}

TEST(Isolation, WhatIsReachedByASocketDoesNotNeedNamespaces) {
  spec::Scenario served;
  served.peers.push_back({.name = "server", .port = 7});
  served.steps.push_back({.action = spec::Connect{.as = "a", .port = 8}});
  served.steps.push_back({.action = spec::AwaitListening{.port = 8}});
  EXPECT_FALSE(NeedOfNamespaces(ExerciseWith(served, {"sockets.listening", "sockets.ended"})));
  const auto use = UseOfSockets(ExerciseWith(served));
  ASSERT_TRUE(use);
  EXPECT_EQ(use->reason, "scenario 'one' has a peer at a port");
  EXPECT_FALSE(UseOfSockets(ExerciseWith({}, {"fds.wired"})));
}

TEST(Isolation, UnixSocketsAreSocketsToo) {
  spec::Scenario served;
  served.peers.push_back({.name = "server", .path = "S"});
  EXPECT_FALSE(NeedOfNamespaces(ExerciseWith(served)));
  const auto use = UseOfSockets(ExerciseWith(served));
  ASSERT_TRUE(use);
  EXPECT_EQ(use->reason, "scenario 'one' has a peer behind a UNIX socket");
  spec::Scenario asked;
  asked.steps.push_back({.action = spec::Connect{.as = "a", .path = "S"}});
  EXPECT_TRUE(UseOfSockets(ExerciseWith(asked)));
  asked.steps = {{.action = spec::AwaitListening{.path = "S"}}};
  EXPECT_TRUE(UseOfSockets(ExerciseWith(asked)));
  EXPECT_EQ(RungRequiredBy(ExerciseWith(asked)), "");
}

TEST(Isolation, WhatAMachineSharesNeedsNamespaces) {
  EXPECT_TRUE(NeedOfNamespaces(ExerciseWith({}, {"fds.wired", "memory.left"})));
  EXPECT_FALSE(NeedOfNamespaces(ExerciseWith({}, {"fds.wired", "memory.shared"})));
  spec::Scenario fifo;
  fifo.steps.push_back(
      {.action = spec::Connect{.as = "a", .path = "f", .purpose = spec::Connect::For::kReading}});
  EXPECT_EQ(RungRequiredBy(ExerciseWith(fifo)), "");
  EXPECT_FALSE(UseOfSockets(ExerciseWith(fifo)));
}

TEST(Isolation, AnExerciseMayAskForMoreThanItNeeds) {
  spec::Exercise exercise = ExerciseWith({}, {"memory.left"});
  exercise.requires_rung = "A";
  EXPECT_EQ(RungRequiredBy(exercise), "A");
  exercise.requires_rung = "C";
  EXPECT_EQ(RungRequiredBy(exercise), "B");
}

TEST(Isolation, AnExerciseMayRequireARung) {
  const auto rung = ChooseRung("auto", "B", Rung::kC);
  ASSERT_FALSE(rung);
  EXPECT_EQ(rung.error().status, 3);
  EXPECT_THAT(rung.error().text, HasSubstr("needs isolation B"));
  EXPECT_FALSE(ChooseRung("C", "A", Rung::kA));
}

}  // namespace
}  // namespace plumbline::cli
