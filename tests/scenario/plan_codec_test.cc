// SPDX-License-Identifier: MIT
#include "scenario/plan_codec.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>

#include "plans.h"

namespace plumbline::scenario {
namespace {

using nlohmann::json;
using ::testing::AllOf;
using ::testing::HasSubstr;

std::string Cbor(const json& document) {
  const std::vector<uint8_t> bytes = json::to_cbor(document);
  return {bytes.begin(), bytes.end()};
}
json Document(const std::string& bytes) { return json::from_cbor(bytes.begin(), bytes.end()); }

// What a plan is, is what is encoded; decoding and encoding again must give the same bytes.
TEST(PlanCodec, GivesBackAPlanWithEveryStepPeerAndFile) {
  const std::string bytes = Encode(FullPlan());
  const Result<Plan> plan = DecodePlan(bytes);
  ASSERT_TRUE(plan) << plan.error().ToString();
  EXPECT_EQ(Encode(*plan), bytes);
}

TEST(PlanCodec, PlanOfTheTestHasEveryKindOfStep) {
  std::set<size_t> kinds;
  for (const spec::Step& step : FullPlan().scenario.steps) kinds.insert(step.action.index());
  EXPECT_EQ(kinds.size(), std::variant_size_v<spec::Action>);
}

TEST(PlanCodec, KeepsMembersOfOneOfEachSort) {
  const Result<Plan> plan = DecodePlan(Encode(FullPlan()));
  ASSERT_TRUE(plan);
  EXPECT_EQ(plan->seed, UINT64_MAX);
  EXPECT_EQ(plan->wall_limit, std::chrono::milliseconds(1234));
  EXPECT_EQ(plan->limits.output, KiB(11));
  EXPECT_EQ(plan->rung, sandbox::Rung::kC);
  EXPECT_EQ(plan->observe, FullPlan().observe);
  EXPECT_EQ(plan->scenario.env.at(kBinary), "2");
  const auto& send = std::get<spec::Send>(plan->scenario.steps.at(10).action);
  EXPECT_EQ(send.text, AllPieces());
  const auto& stopped = std::get<spec::AwaitStopped>(plan->scenario.steps.at(3).action);
  EXPECT_EQ(stopped.who, AllWho());
  EXPECT_EQ(stopped.within, std::nullopt);
  const auto& change = std::get<spec::ChangeExit>(plan->scenario.alter.at(1));
  EXPECT_EQ(change.killed_by, 9);
}

TEST(PlanCodec, GivesBackRequestsReportsAndErrors) {
  const auto request = DecodeRequest(Encode(FullRequest()));
  ASSERT_TRUE(request);
  EXPECT_EQ(Encode(*request), Encode(FullRequest()));
  EXPECT_EQ(request->submission.files.at(0).content, kBinary);
  EXPECT_EQ(request->cache, "/cache");
  const auto report = DecodeReport(Encode(FullReport()));
  ASSERT_TRUE(report);
  EXPECT_EQ(Encode(*report), Encode(FullReport()));
  const auto error = DecodeError(Encode(Error{kBinary, "hint", 28}));
  ASSERT_TRUE(error);
  EXPECT_EQ(error->message, kBinary);
  EXPECT_EQ(error->code, 28);
}

std::string WhyNot(const json& plan) {
  const Result<Plan> decoded = DecodePlan(Cbor(plan));
  return decoded ? "decoded" : decoded.error().message;
}

TEST(PlanCodec, NamesThePlaceOfWhatDoesNotFit) {
  const json plan = Document(Encode(FullPlan()));
  json wrong = plan;
  wrong.erase("seed");
  EXPECT_EQ(WhyNot(wrong), "plan.seed: missing");
  wrong = plan;
  wrong["scenario"]["steps"][3]["action"][0] = 99;
  EXPECT_EQ(WhyNot(wrong), "plan.scenario.steps[3].action: no such variant");
  wrong = plan;
  wrong["scenario"]["peers"][1]["kind"] = 8;
  EXPECT_EQ(WhyNot(wrong), "plan.scenario.peers[1].kind: no such enumerator");
  wrong = plan;
  wrong["scenario"]["peers"][1]["kind"] = -1;
  EXPECT_THAT(WhyNot(wrong), HasSubstr("no such enumerator"));
  wrong = plan;
  wrong["limits"]["processes"] = int64_t{1} << 40;
  EXPECT_EQ(WhyNot(wrong), "plan.limits.processes: no number in range");
  wrong = plan;
  wrong["language"] = "text, not bytes";
  EXPECT_EQ(WhyNot(wrong), "plan.language: no byte string");
  wrong = plan;
  wrong["scenario"]["terminal"] = 1;
  EXPECT_EQ(WhyNot(wrong), "plan.scenario.terminal: no truth value");
  wrong = plan;
  wrong["scenario"]["args"] = json::object();
  EXPECT_EQ(WhyNot(wrong), "plan.scenario.args: no array");
  wrong = plan;
  wrong["programs"][0] = 3;
  EXPECT_EQ(WhyNot(wrong), "plan.programs[0]: no pair");
  wrong = plan;
  wrong["scenario"]["alter"][0] = json::array({0});
  EXPECT_EQ(WhyNot(wrong), "plan.scenario.alter[0]: no pair");
  wrong = plan;
  wrong["scenario"]["steps"][0] = 3;
  EXPECT_EQ(WhyNot(wrong), "plan.scenario.steps[0]: no map");
}

TEST(PlanCodec, RefusesGarbage) {
  EXPECT_FALSE(DecodePlan(""));
  EXPECT_FALSE(DecodePlan("garbage"));
  EXPECT_FALSE(DecodePlan(Cbor(json::array())));
  const std::string bytes = Encode(FullPlan());
  EXPECT_FALSE(DecodePlan(bytes + "x"));
}

TEST(PlanCodec, RefusesEveryTruncation) {
  const std::string bytes = Encode(FullRequest());
  for (size_t size = 0; size < bytes.size(); ++size)
    EXPECT_FALSE(DecodeRequest(std::string_view(bytes).substr(0, size))) << size;
}

// Whatever one byte becomes, the result is a value or an error.
TEST(PlanCodec, SurvivesEveryChangedByte) {
  const std::string bytes = Encode(FullReport());
  for (size_t i = 0; i < bytes.size(); ++i) {
    for (const char change : {'\x01', '\x20', '\x80', '\xff'}) {
      std::string changed = bytes;
      changed[i] = static_cast<char>(changed[i] ^ change);
      const auto report = DecodeReport(changed);
      EXPECT_TRUE(report ? !Encode(*report).empty() : !report.error().message.empty());
    }
  }
}

TEST(Nesting, IsBoundedBeforeAnyDecoderRecurses) {
  const std::string deep = std::string(1'000'000, '\x81') + '\x00';
  EXPECT_FALSE(NestsWithin(deep, 100));
  EXPECT_FALSE(DecodePlan(deep));
  const std::string tags = std::string(1'000'000, '\xc1') + '\x00';
  EXPECT_FALSE(NestsWithin(tags, 100));
  EXPECT_TRUE(NestsWithin(std::string(100, '\x81') + '\x00', 100));
  EXPECT_FALSE(NestsWithin(std::string(101, '\x81') + '\x00', 100));
}

TEST(Nesting, RefusesLengthsBeyondTheEnd) {
  EXPECT_FALSE(NestsWithin("\x5a\x7f\xff\xff\xff", 9));                  // a string of 2 GiB
  EXPECT_FALSE(NestsWithin("\x9b\x7f\xff\xff\xff\xff\xff\xff\xff", 9));  // an array of 2^63 items
  EXPECT_FALSE(NestsWithin("\x9f\xff", 9));                              // of no stated length
  EXPECT_FALSE(NestsWithin("\x1c", 9));                                  // a reserved head
  EXPECT_TRUE(NestsWithin(std::string_view("\x42\x00\x00", 3), 9));
}

}  // namespace
}  // namespace plumbline::scenario
