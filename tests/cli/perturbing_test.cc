// SPDX-License-Identifier: MIT
// Which scenarios that an exercise does not perturb itself are run plainly instead, and what
// becomes of the runs of those that are perturbed.
#include "cli/perturbing.h"

#include <gmock/gmock.h>

#include <random>

#include "record/perturbation.h"

namespace plumbline::cli {
namespace {

using record::Outcome;
using record::Recording;
using ::testing::IsEmpty;
using ::testing::SizeIs;

record::Recording InTurns(record::Outcome outcome, uint64_t calls) {
  record::Recording recording;
  recording.outcome = outcome;
  recording.machine.calls = calls;
  return recording;
}

TEST(TooDear, IsWhatMakesManyCalls) {
  EXPECT_FALSE(IsTooDearToPerturb(InTurns(record::Outcome::kExited, kMostCallsInTurns)));
  EXPECT_TRUE(IsTooDearToPerturb(InTurns(record::Outcome::kExited, kMostCallsInTurns + 1)));
}

// In turns it takes longer than by itself: it may be a right program, and is judged by its plain
// run.
TEST(TooDear, IsWhatUsesUpTheProcessorTime) {
  EXPECT_TRUE(IsTooDearToPerturb(InTurns(record::Outcome::kProcessorLimit, 10)));
  EXPECT_FALSE(IsTooDearToPerturb(InTurns(record::Outcome::kVirtualLimit, 10)));
  EXPECT_FALSE(IsTooDearToPerturb(InTurns(record::Outcome::kDeadlocked, 10)));
}

// A program with eight decisions of two options each, that hangs if it comes to `hangs_at`
// otherwise than by default.
class PerturbingTest : public ::testing::Test {
 protected:
  static constexpr int kDecisions = 8;

  PerturbingTest() { recordings_["talk"].push_back(RunOf("turns", 0)); }

  Recording RunOf(const std::string& text, uint64_t seed) const {
    Recording run;
    run.header.perturbation = text;
    run.header.seed = seed;
    run.machine.calls = 10;
    const auto perturbation = record::ParsePerturbation(text).value();
    std::mt19937_64 chance(seed);
    for (uint64_t i = 0; i < kDecisions; ++i) {
      const auto given = perturbation.choices.find(i);
      const auto drawn = static_cast<int>(seed == 0 ? 0 : chance() % 2);
      run.choices.push_back({.options = 2,
                             .chosen = given != perturbation.choices.end()
                                           ? static_cast<int>(given->second)
                                           : drawn});
    }
    const bool hangs = !hangs_at_.empty() && std::ranges::all_of(hangs_at_, [&](size_t decision) {
      return run.choices[decision].chosen == 1;
    });
    run.outcome = hangs ? Outcome::kDeadlocked : Outcome::kExited;
    return run;
  }

  // How many runs it took.
  size_t Perturb(bool keep_going = false) {
    const spec::Perturbation under{.kind = spec::Perturbation::Kind::kInterleavings, .runs = 100};
    Perturbing perturbing(
        {{.scenario = "talk", .plan = {}, .under = {under}}},
        {.lost =
             [](const Recording& run) {
               return run.outcome == Outcome::kExited ? std::set<std::string>()
                                                      : std::set<std::string>{"ends"};
             },
         .checks = [](const std::string&) { return std::set<std::string>{"ends"}; },
         .keep_going = keep_going},
        recordings_);
    size_t count = 0;
    while (true) {
      std::vector<Recording> done;
      for (const PlannedRun& run : perturbing.Next()) {
        EXPECT_EQ(run.name, "scenario talk");
        done.push_back(RunOf(run.plan.perturbation, run.plan.seed));
      }
      if (done.empty()) return count;
      count += done.size();
      perturbing.Take(std::move(done));
    }
  }

  std::vector<size_t> hangs_at_;
  std::map<std::string, std::vector<Recording>> recordings_;
};

TEST_F(PerturbingTest, CountsWhatLosesNothing) {
  const size_t count = Perturb();
  ASSERT_THAT(recordings_.at("talk"), SizeIs(1));
  EXPECT_EQ(count, 100);
  EXPECT_EQ(recordings_.at("talk").front().machine.runs, 1 + 100);
}

TEST_F(PerturbingTest, KeepsOneThatLosesWithAsFewChoicesAsItNeeds) {
  hangs_at_ = {2, 5};
  EXPECT_LT(Perturb(), 100) << "it ends when nothing is left to lose";
  ASSERT_THAT(recordings_.at("talk"), SizeIs(2));
  const Recording& kept = recordings_.at("talk").back();
  EXPECT_EQ(kept.outcome, Outcome::kDeadlocked);
  for (size_t i = 0; i < kDecisions; ++i)
    EXPECT_EQ(kept.choices[i].chosen, i == 2 || i == 5 ? 1 : 0) << i;
}

TEST_F(PerturbingTest, CountsLossesIfItGoesOn) {
  hangs_at_ = {3};
  Perturb(true);
  ASSERT_THAT(recordings_.at("talk"), SizeIs(2));
  const Recording& first = recordings_.at("talk").front();
  EXPECT_GT(first.machine.losses.at("ends"), 20);
  EXPECT_LT(first.machine.losses.at("ends"), 80);
}

TEST_F(PerturbingTest, DoesNothingWhereAllIsLostWithoutIt) {
  recordings_.at("talk").front().outcome = Outcome::kDeadlocked;
  EXPECT_EQ(Perturb(), 0);
  EXPECT_THAT(recordings_.at("talk").front().machine.losses, IsEmpty());
}

}  // namespace
}  // namespace plumbline::cli
