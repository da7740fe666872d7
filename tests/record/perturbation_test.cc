// SPDX-License-Identifier: MIT
#include "record/perturbation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace plumbline::record {
namespace {

using ::testing::HasSubstr;
using Kind = Perturbation::Kind;

TEST(Perturbation, IsWrittenAsItIsRead) {
  for (const char* text : {"", "turns", "interleavings", "interleavings:3=1,17=2", "signals:4=1",
                           "interruptions:1.2#14", "short-transfers:1#3=1",
                           "failures:2.10.1#3=EAGAIN", "small-world"}) {
    const auto perturbation = ParsePerturbation(text);
    ASSERT_TRUE(perturbation) << text;
    EXPECT_EQ(ToString(*perturbation), text);
  }
}

TEST(Perturbation, SaysWhatItIs) {
  const auto site = ParsePerturbation("short-transfers:1.2#14=512");
  ASSERT_TRUE(site);
  EXPECT_EQ(site->kind, Kind::kShortTransfers);
  EXPECT_EQ(site->site, (Perturbation::Site{"1.2", 14, "512"}));
  EXPECT_TRUE(site->IsFault());
  const auto choices = ParsePerturbation("signals:4=1,2=3");
  ASSERT_TRUE(choices);
  EXPECT_EQ(choices->choices, (std::map<uint64_t, uint64_t>{{2, 3}, {4, 1}}));
  EXPECT_FALSE(choices->IsFault());
  EXPECT_TRUE(choices->InTurns());
  EXPECT_FALSE(Perturbation().InTurns());
}

TEST(Perturbation, IsRefusedWithWhatWouldBeRight) {
  for (const char* text :
       {"interleaving", "turns:1=1", "signals:", "signals:1", "signals:1=", "signals:a=1",
        "signals:1=1,1=2", "interruptions", "interruptions:1", "interruptions:1#0",
        "interruptions:0#1", "interruptions:1.#2", "interruptions:1..2#2", "failures:#3=EIO",
        "small-world:1", "signals:99999999999999999999=1", "\x1b[31m"}) {
    const auto refused = ParsePerturbation(text);
    ASSERT_FALSE(refused) << text;
    EXPECT_THAT(refused.error().message, HasSubstr("is no perturbation"));
    EXPECT_THAT(refused.error().hint, HasSubstr("signals:DECISION=CHOICE"));
  }
}

}  // namespace
}  // namespace plumbline::record
