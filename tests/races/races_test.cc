// SPDX-License-Identifier: MIT
// Programs that race, with what can come of them: every outcome that can be reached is reached, and
// none that cannot. The same decisions lead to the same recording.
#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <map>
#include <ostream>
#include <set>

#include "scenario/exploration.h"
#include "tests/scenario/playing.h"

namespace plumbline::scenario::testing {
namespace {

struct Race {
  std::string program;
  std::set<std::string> outcomes;
  int runs = 200;
};
void PrintTo(const Race& race, std::ostream* out) { *out << race.program; }

const std::set<std::string> kOrders{"aaabbb", "aababb", "aabbab", "aabbba", "abaabb",
                                    "ababab", "ababba", "abbaab", "abbaba", "abbbaa",
                                    "baaabb", "baabab", "baabba", "babaab", "bababa",
                                    "babbaa", "bbaaab", "bbaaba", "bbabaa", "bbbaaa"};

const std::vector<Race> kRaces{
    {"pipe_writes", kOrders, 800},
    {"missed_child", {"reaped 1\n", "reaped 2\n"}},
    {"early_signal", {"handled\n", "killed by 10"}},
    {"test_then_pause", {"woken\n", "deadlocked"}},
    {"sigsuspend", {"woken\n"}},
    {"big_writes", {"whole\n", "mixed\n"}},
    {"file_counter", {"1\n", "2\n"}},
    {"philosophers", {"fed\n", "deadlocked"}},
    {"torn_read", {"00\n", "10\n", "11\n"}, 400},
    {"buffered_fork", {"once once "}},
    {"close_reuse", {"pipe\n", "nowhere\n", "file\n"}},
    {"memory_counter", {"2\n", "3\n", "4\n"}, 400},
    {"one_instruction", {"2\n", "3\n", "4\n"}, 400},
    {"atomic_counter", {"4\n"}},
    {"long_start", {"1\n", "2\n"}},
    {"long_work", {"6\n"}, 3},
    {"locked_counter", {"4\n"}},
    {"flag_first", {"00\n", "07\n", "10\n", "17\n"}, 400},
    {"counting_threads", {"1\n", "2\n"}},
    {"readers_writer", {"whole\n"}},
    {"uncounted_readers", {"whole\n", "torn\n", "deadlocked"}, 2000},
};

std::string OutcomeOf(const Recording& seen) {
  if (seen.outcome == Outcome::kSignalled) return "killed by " + std::to_string(seen.status);
  if (seen.outcome == Outcome::kExited) return Out(seen);
  return std::string(record::ToString(seen.outcome)) +
         (seen.error ? ": " + seen.error->message : "");
}

class RacesTest : public Playing, public ::testing::WithParamInterface<Race> {
 protected:
  void SetUp() override {
    Begin(Account::kOwn, sandbox::Rung::kB);
    plan_ = PlanOf(Tracee("race_" + GetParam().program), "steps: [await: exit]");
  }
  Recording PlayUnder(const std::string& perturbation, uint64_t seed = 0) {
    plan_.perturbation = perturbation;
    plan_.seed = seed;
    return Play(plan_);
  }
  Recording PlayUnder(const Perturbed& run) {
    return PlayUnder(record::ToString(run.perturbation), run.seed);
  }

  Plan plan_;
};

// Of each program; `ci/run races` asks for many.
uint64_t SeedsOfEach() {
  const char* const all = std::getenv("PLUMBLINE_RACES_SEEDS");
  if (all == nullptr) return 6;
  return std::max<uint64_t>(1, std::strtoull(all, nullptr, 10) / std::size(kRaces));
}

TEST_P(RacesTest, ReachesEveryOutcomeAndNoOther) {
  Exploration exploration(
      {.kind = spec::Perturbation::Kind::kInterleavings, .runs = GetParam().runs});
  exploration.Begin(PlayUnder("turns"));
  std::set<std::string> reached;
  for (auto wave = exploration.Next(16); !wave.empty(); wave = exploration.Next(16)) {
    for (const Perturbed& run : wave) {
      const Recording seen = PlayUnder(run);
      exploration.Take(run, seen);
      reached.insert(OutcomeOf(seen));
    }
    if (reached == GetParam().outcomes && GetParam().outcomes.size() > 1) break;
  }
  EXPECT_EQ(reached, GetParam().outcomes);
}

TEST_P(RacesTest, IsTheSameForTheSameDecisions) {
  const uint64_t seeds = std::min<uint64_t>(SeedsOfEach(), GetParam().runs);
  for (uint64_t seed = 1; seed <= seeds; ++seed) {
    const Recording first = PlayUnder("interleavings", seed);
    EXPECT_EQ(record::CanonicalJson(first),
              record::CanonicalJson(PlayUnder("interleavings", seed)));
    // What chance decided, decided on purpose.
    const Perturbed same = Explicit(first);
    if (same.perturbation.choices.empty()) continue;
    const Recording again = PlayUnder(same);
    EXPECT_EQ(again.choices, first.choices);
    EXPECT_EQ(OutcomeOf(again), OutcomeOf(first));
  }
}

class TurnsTest : public Playing {
 protected:
  void SetUp() override { Begin(Account::kOwn, sandbox::Rung::kB); }
  std::set<Outcome> UnderSignals(Plan plan);
};

// All are woken by one kill(2): who dies is told of before its parent, which is older.
TEST_F(TurnsTest, TellEndsBeforeTheWaitsThatTakeThem) {
  Plan plan = PlanOf(Tracee("race_killed_sibling"), "steps: [await: exit]");
  plan.perturbation = "turns";
  const Recording seen = Play(plan);
  EXPECT_EQ(Out(seen), "killed by 9\n");
  const auto taken = All<record::Reaped>(seen, 0);
  ASSERT_EQ(taken.size(), 2U);
  EXPECT_EQ(taken[0]->child, 1);
  EXPECT_EQ(taken[0]->wait_status, 9);
}

// What the grader takes makes room for who writes: the run is not over before all has come.
TEST_F(TurnsTest, GoOnWhileTheGraderTakesWhatTheyWrite) {
  Plan plan = PlanOf(Python("import select, socket\n"
                            "server = socket.create_server(('127.0.0.1', 7000))\n"
                            "client = server.accept()[0]\n"
                            "client.setblocking(False)\n"
                            "left = 12 << 20\n"
                            "while left:\n"
                            "    select.select([], [client], [])\n"
                            "    left -= client.send(b'x' * min(left, 65536))\n"
                            "client.close()\n"),
                     R"(
steps:
  - await: {listening: 7000}
  - connect: {as: a, port: 7000}
  - await: asleep
  - receive: {from: a, bytes: 12MiB}
  - receive: {from: a, until: end}
  - await: exit
)",
                     {.limits = "{output: 16MiB}"});
  for (const char* const perturbation : {"turns", "interleavings"}) {
    plan.perturbation = perturbation;
    EXPECT_EQ(Out(Play(plan), "a.received").size(), size_t{12} << 20) << perturbation;
  }
}

// By all moments of the scenario's signals, each run twice.
std::set<Outcome> TurnsTest::UnderSignals(Plan plan) {
  plan.perturbation = "turns";
  Exploration exploration({.kind = spec::Perturbation::Kind::kSignals, .runs = 4});
  exploration.Begin(Play(plan));
  std::set<Outcome> outcomes;
  for (auto wave = exploration.Next(4); !wave.empty(); wave = exploration.Next(4)) {
    for (const Perturbed& run : wave) {
      plan.perturbation = record::ToString(run.perturbation);
      const Recording seen = Play(plan);
      exploration.Take(run, seen);
      outcomes.insert(seen.outcome);
      EXPECT_EQ(record::CanonicalJson(seen), record::CanonicalJson(Play(plan)));
    }
  }
  return outcomes;
}

// Keys that a terminal makes signals of come as early as signals do.
TEST_F(TurnsTest, KeysComeAtEachCallUnderSignals) {
  const Plan plan = PlanOf(Tracee("race_key_then_pause"), R"(
terminal: true
steps:
  - await: {output: "ready", of: terminal}
  - press: ctrl-c
  - await: exit
)");
  EXPECT_EQ(UnderSignals(plan), (std::set{Outcome::kExited, Outcome::kDeadlocked}));
}

// So does one that comes after the answer to another.
TEST_F(TurnsTest, SignalsComeAtEachCallAfterAnAnswer) {
  const Plan plan = PlanOf(Tracee("race_second_pause"), R"(
steps:
  - await: {output: "ready\n"}
  - signal: {USR1: submission}
  - await: {output: "one\n"}
  - signal: {USR1: submission}
  - await: exit
)");
  EXPECT_EQ(UnderSignals(plan), (std::set{Outcome::kExited, Outcome::kDeadlocked}));
}

TEST_F(TurnsTest, SignalsComeAtEachCallAfterWhatIsReceived) {
  const Plan plan = PlanOf(Tracee("race_second_pause"), R"(
args: [/lab/s]
steps:
  - await: {listening: /lab/s}
  - connect: {as: a, path: /lab/s}
  - receive: {from: a, text: "ready\n"}
  - signal: {USR1: submission}
  - receive: {from: a, text: "one\n"}
  - signal: {USR1: submission}
  - await: exit
)");
  EXPECT_EQ(UnderSignals(plan), (std::set{Outcome::kExited, Outcome::kDeadlocked}));
}

INSTANTIATE_TEST_SUITE_P(All, RacesTest, ::testing::ValuesIn(kRaces),
                         [](const auto& race) { return race.param.program; });

}  // namespace
}  // namespace plumbline::scenario::testing
