// SPDX-License-Identifier: MIT
// Real programs at the other end: each peers/EXERCISE is an exercise that every solution of
// EXERCISE solves, and its clients are what Debian ships.
#include <algorithm>
#include <ostream>

#include "program.h"

namespace plumbline::e2e {
namespace {

namespace fs = std::filesystem;

struct Served {
  fs::path peers;
  fs::path solution;
};

std::ostream& operator<<(std::ostream& out, const Served& served) {
  return out << served.peers.string() << " " << served.solution.string();
}

std::vector<Served> All() {
  std::vector<Served> all;
  for (const auto& peers : fs::directory_iterator(PLUMBLINE_PEERS)) {
    const fs::path solutions = kExercises / peers.path().filename() / "solutions";
    for (const auto& solution : fs::directory_iterator(solutions))
      all.push_back({peers.path(), solution.path()});
  }
  std::ranges::sort(all, {}, &Served::solution);
  return all;
}

class RealPeers : public ::testing::TestWithParam<Served> {};

TEST_P(RealPeers, AreServedByEachSolution) {
  const Served& served = GetParam();
  const Ran ran = Plumbline({"check", "--json", served.peers.string(), served.solution.string()});
  ASSERT_EQ(ran.status, 0) << ran.err;
  EXPECT_EQ(LossesIn(nlohmann::json::parse(ran.out)), Losses{});
}

std::string NameOf(const ::testing::TestParamInfo<Served>& info) {
  std::string name =
      info.param.peers.filename().string() + "_" + info.param.solution.filename().string();
  std::ranges::replace(name, '-', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(All, RealPeers, ::testing::ValuesIn(All()), NameOf);

}  // namespace
}  // namespace plumbline::e2e
