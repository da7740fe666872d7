// SPDX-License-Identifier: MIT
#include "cli/verified.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace plumbline::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using Fate = TriedMutant::Fate;

Verified Example() {
  return {.exercise = "counts",
          .shortfalls = {{"solutions/c", "nobody notices"}},
          .programs = {{"solutions", "c", "c", 3, 3, {}},
                       {"wrong", "late", "c", 1, 3, {{"joined", "swapped"}}}},
          .mutants =
              {{"c",
                "close(4)@main.c:31=skip",
                "the close is left out",
                Fate::kKilled,
                {"joined", "reaped"},
                "plain",
                ""},
               {"c", "kill@main.c:9=twice", "the kill is made twice", Fate::kSurvived, {}, "", ""},
               {"c", "dup2@main.c:2=swap", "the dup2 is swapped", Fate::kEquivalent, {}, "", ""},
               {"c",
                "alarm@main.c:5=skip",
                "the alarm is left out",
                Fate::kWaived,
                {},
                "",
                "A safety net."}},
          .checks = {"joined", "reaped", "usage"},
          .runs = 12,
          .took = std::chrono::milliseconds(1500)};
}

TEST(Verified, CountsWhoNoticedWhat) {
  const Verified verified = Example();
  EXPECT_EQ(verified.Killed(), 0.5);
  EXPECT_EQ(verified.WrongOnesLosing("joined"), 1U);
  EXPECT_EQ(verified.MutantsLosing("joined"), 1U);
  EXPECT_EQ(verified.MutantsLosing("reaped"), 1U);
  EXPECT_THAT(verified.NeverFailed(), ElementsAre("usage"));
  EXPECT_EQ(Verified().Killed(), 1.0);
}

TEST(Verified, IsReadAgain) {
  Verified twice = Example();
  AddRepetition(twice, Example());
  const auto both = VerifiedFromJson(ToJson({twice}));
  ASSERT_TRUE(both) << both.error().message;
  EXPECT_EQ(both->front().repetitions, 2U);
  EXPECT_THAT(ToText(both->front()), HasSubstr("; 2 times, 24 runs in 3 s)"));
  const auto again = VerifiedFromJson(ToJson({Example()}));
  ASSERT_TRUE(again) << again.error().message;
  ASSERT_EQ(again->size(), 1U);
  EXPECT_EQ(Verdicts(again->front()), Verdicts(Example()));
  EXPECT_EQ(again->front().runs, 12U);
  EXPECT_EQ(again->front().took, Example().took);
}

TEST(Verified, IsNothingElse) {
  EXPECT_FALSE(VerifiedFromJson("[{}]"));
  EXPECT_FALSE(VerifiedFromJson("{"));
  EXPECT_FALSE(VerifiedFromJson("[{\"exercise\": 3}]"));
}

TEST(Verified, NotesVerdictsThatChanged) {
  Verified first = Example();
  Verified in_other_words = Example();
  in_other_words.programs[1].said = {{"joined", "They ran at once."}};
  AddRepetition(first, in_other_words);
  EXPECT_EQ(first.shortfalls, Example().shortfalls);
  EXPECT_EQ(Verdicts(in_other_words), Verdicts(Example()));
  Verified other = Example();
  other.programs[0].points = 2;
  other.programs[1].lost = {{"joined", "late"}, {"reaped", ""}};
  other.programs[1].said = {{"joined", "It came too late."}};
  other.mutants[0].fate = Fate::kSurvived;
  other.mutants.pop_back();
  AddRepetition(first, other);
  EXPECT_EQ(first.repetitions, 3U);
  EXPECT_EQ(first.runs, 36U);
  EXPECT_EQ(first.took, 3 * Example().took);
  std::vector<std::string> where;
  for (const Shortfall& shortfall : first.shortfalls) where.push_back(shortfall.where);
  EXPECT_THAT(where, ElementsAre("solutions/c", "solutions/c", "wrong/late",
                                 "solutions/c, close(4)@main.c:31=skip",
                                 "solutions/c, alarm@main.c:5=skip"));
  EXPECT_EQ(first.shortfalls[1].what,
            "another verdict in repetition 3, with nothing else changed: 2 points (before: 3)");
  EXPECT_THAT(first.shortfalls[2].what, HasSubstr(": loses joined by late, \"It came too late.\" "
                                                  "(before: loses joined by swapped), "
                                                  "loses reaped (before: does not lose reaped)"));
  EXPECT_THAT(first.shortfalls[3].what, HasSubstr(": survived (before: killed)"));
  EXPECT_THAT(first.shortfalls[4].what, HasSubstr(": not tried (before: waived)"));
}

TEST(Verified, IsToldToPeople) {
  EXPECT_EQ(ToText(Example()),
            "counts: not proven (1 solutions, 0 starters, 1 wrong ones; 1 of 2 mutants killed, "
            "1 equal, 1 waived; 12 runs in 1.5 s)\n"
            "  solutions/c: nobody notices\n"
            "  note: nothing ever failed the check usage\n");
  const std::string markdown = ToMarkdown({Example()});
  EXPECT_THAT(markdown, HasSubstr("| `counts` | **no** |"));
  EXPECT_THAT(markdown, HasSubstr("| `joined` | 1 | 1 |"));
  EXPECT_THAT(markdown, HasSubstr("nobody notices when the kill is made twice (solutions/c)"));
  EXPECT_THAT(markdown, HasSubstr("waived: the alarm is left out (solutions/c): A safety net."));
  EXPECT_THAT(markdown, Not(HasSubstr("the dup2 is swapped")));
}

}  // namespace
}  // namespace plumbline::cli
