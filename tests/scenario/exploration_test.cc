// SPDX-License-Identifier: MIT
// Which runs come next, held against a made-up program: its runs are a tree of decisions.
#include "scenario/exploration.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

namespace plumbline::scenario {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using Kind = record::Perturbation::Kind;
using Under = spec::Perturbation::Kind;

// `depth` decisions of two options each.
record::Recording RunOf(const Perturbed& run, size_t depth) {
  record::Recording recording;
  for (size_t i = 0; i < depth; ++i) {
    const auto choice = run.perturbation.choices.find(i);
    const bool other = choice != run.perturbation.choices.end() && choice->second != 0;
    recording.choices.push_back({.options = 2, .chosen = other ? 1 : 0});
  }
  recording.header.perturbation = record::ToString(run.perturbation);
  return recording;
}

std::vector<Perturbed> Explore(Exploration& exploration, size_t depth) {
  std::vector<Perturbed> all;
  for (auto wave = exploration.Next(4); !wave.empty(); wave = exploration.Next(4)) {
    for (const Perturbed& run : wave) {
      exploration.Take(run, RunOf(run, depth));
      all.push_back(run);
    }
  }
  return all;
}

record::Recording WithSites() {
  record::Recording base;
  base.sites = {{"1", 3, "fork", {"failures=EAGAIN"}, {}},
                {"1.1", 7, "read", {"short-transfers=1", "interruptions"}, {}},
                {"1.1", 9, "wait4", {"interruptions"}, {}}};
  return base;
}

TEST(Exploration, ComesToEachRunOnce) {
  Exploration exploration({.kind = Under::kSignals, .runs = 1000});
  exploration.Begin({});
  const auto all = Explore(exploration, 5);
  std::set<std::string> ways;
  for (const Perturbed& run : all) ways.insert(record::ToString(run.perturbation));
  EXPECT_THAT(all, SizeIs(32));
  EXPECT_THAT(ways, SizeIs(32));
  EXPECT_TRUE(exploration.complete());
}

TEST(Exploration, TriesFewChangesFirst) {
  Exploration exploration({.kind = Under::kSignals, .runs = 1000});
  exploration.Begin({});
  size_t most = 0;
  for (const Perturbed& run : Explore(exploration, 6)) {
    const size_t changes =
        RunOf(run, 6).choices.size() -
        static_cast<size_t>(std::ranges::count(RunOf(run, 6).choices, 0, &record::Choice::chosen));
    EXPECT_GE(changes + 1, most);  // what one wave found out comes in the next
    most = std::max(most, changes);
  }
  EXPECT_EQ(most, 6u);
}

// One run each, and pairs as the budget allows.
TEST(Exploration, TriesEachMomentOfASignalWhateverTheBudget) {
  Exploration exploration({.kind = Under::kSignals, .runs = 5});
  exploration.Begin({});
  std::map<size_t, int> by_changes;
  for (const Perturbed& run : Explore(exploration, 20))
    ++by_changes[run.perturbation.choices == std::map<uint64_t, uint64_t>{{0, 0}}
                     ? 0
                     : run.perturbation.choices.size()];
  EXPECT_THAT(by_changes, ElementsAre(std::pair(0u, 1), std::pair(1u, 20), std::pair(2u, 5)));
  EXPECT_FALSE(exploration.complete());
}

TEST(Exploration, EndsOfAProgramThatMakesCallsWithoutEnd) {
  Exploration exploration({.kind = Under::kSignals, .runs = 5});
  exploration.Begin({});
  EXPECT_THAT(Explore(exploration, 500), SizeIs(405));
}

TEST(Exploration, KeepsToItsBudget) {
  Exploration exploration({.kind = Under::kInterleavings, .runs = 20});
  exploration.Begin({});
  EXPECT_THAT(Explore(exploration, 10), SizeIs(20));
  EXPECT_FALSE(exploration.complete());
}

TEST(Exploration, KeepsToALimitThatIsBelowItsBudget) {
  Exploration orders({.kind = Under::kInterleavings, .runs = 20});
  orders.Begin({});
  orders.Limit(7);
  EXPECT_THAT(Explore(orders, 10), SizeIs(7));
  EXPECT_FALSE(orders.complete());
  Exploration more({.kind = Under::kInterleavings, .runs = 20});
  more.Begin({});
  more.Limit(50);
  EXPECT_THAT(Explore(more, 10), SizeIs(20));
  // Of signals each moment is tried all the same.
  Exploration signals({.kind = Under::kSignals, .runs = 5});
  signals.Begin({});
  signals.Limit(1);
  EXPECT_THAT(Explore(signals, 20), SizeIs(1 + 20 + 1));
}

TEST(Exploration, ExpectsAsManyFaultsAsThereAre) {
  Exploration interruptions({.kind = Under::kInterruptions, .runs = 50});
  interruptions.Begin(WithSites());
  EXPECT_EQ(interruptions.Expected(), 2U);
  Exploration one({.kind = Under::kInterruptions, .runs = 1});
  one.Begin(WithSites());
  EXPECT_EQ(one.Expected(), 1U);
  Exploration orders({.kind = Under::kInterleavings, .runs = 20});
  orders.Begin(WithSites());
  EXPECT_EQ(orders.Expected(), 20U);
}

TEST(Exploration, LeavesHalfToChance) {
  Exploration exploration({.kind = Under::kInterleavings, .runs = 20});
  exploration.Begin({});
  std::set<uint64_t> seeds;
  for (const Perturbed& run : Explore(exploration, 10)) {
    if (run.perturbation.choices.empty()) seeds.insert(run.seed);
  }
  EXPECT_THAT(seeds, SizeIs(10));
  EXPECT_FALSE(seeds.contains(0));
}

TEST(Exploration, TriesEachFaultAtEachSite) {
  Exploration exploration({.kind = Under::kInterruptions, .runs = 50});
  exploration.Begin(WithSites());
  std::vector<std::string> all;
  for (const Perturbed& run : Explore(exploration, 0))
    all.push_back(record::ToString(run.perturbation));
  EXPECT_THAT(all, ElementsAre("interruptions:1.1#7", "interruptions:1.1#9"));
  EXPECT_TRUE(exploration.complete());
}

TEST(Exploration, SaysHowACallFails) {
  Exploration exploration({.kind = Under::kFailures, .runs = 50});
  exploration.Begin(WithSites());
  const auto all = Explore(exploration, 0);
  ASSERT_THAT(all, SizeIs(1));
  EXPECT_EQ(record::ToString(all[0].perturbation), "failures:1#3=EAGAIN");
}

TEST(Exploration, OfASmallWorldIsOneRun) {
  Exploration exploration({.kind = Under::kSmallWorld, .runs = 50});
  exploration.Begin({});
  EXPECT_THAT(Explore(exploration, 0), SizeIs(1));
}

TEST(Simpler, LeavesOutOneChoiceAtATime) {
  const Perturbed run{.perturbation = {.kind = Kind::kSignals, .choices = {{2, 1}, {5, 2}}}};
  const auto simpler = Simpler(run, 2);
  ASSERT_THAT(simpler, SizeIs(2));
  EXPECT_EQ(record::ToString(simpler[0].perturbation), "signals:5=2");
  EXPECT_EQ(record::ToString(simpler[1].perturbation), "signals:2=1");
}

TEST(Simpler, LeavesOutManyChoicesAtATime) {
  Perturbed run{.perturbation = {.kind = Kind::kInterleavings, .choices = {}}};
  for (uint64_t decision = 1; decision <= 5; ++decision) run.perturbation.choices[decision] = 1;
  const auto halves = Simpler(run, 2);
  ASSERT_THAT(halves, SizeIs(2));
  EXPECT_EQ(record::ToString(halves[0].perturbation), "interleavings:3=1,4=1,5=1");
  EXPECT_EQ(record::ToString(halves[1].perturbation), "interleavings:1=1,2=1");
  EXPECT_EQ(record::ToString(Simpler(run, 1)[0].perturbation), "interleavings:0=0");
}

TEST(Explicit, NamesWhatChanceDecided) {
  record::Recording recording;
  recording.header.perturbation = "interleavings";
  recording.header.seed = 7;
  recording.choices = {{2, 0}, {3, 2}, {2, 0}, {2, 1}};
  EXPECT_EQ(record::ToString(Explicit(recording).perturbation), "interleavings:1=2,3=1");
  recording.choices = {{2, 0}};
  EXPECT_THAT(Explicit(recording).perturbation.choices, IsEmpty());
}

}  // namespace
}  // namespace plumbline::scenario
