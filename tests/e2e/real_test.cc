// SPDX-License-Identifier: MIT
// Real programs, which nobody wrote for an exercise, graded by it: each folder
// real/EXERCISE/PROGRAM is a test of its own. They lose what their expect.yaml says, and the
// reasons stand beside it: `loses` each time, `may-lose` as the machine has it, for a program that
// has a race of its own. A program of a package that cannot be installed beside others (ci/unpack)
// goes along as a file of the submission, `packed`: a submission has no programs in it.
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <ostream>

#include "program.h"

namespace plumbline::e2e {
namespace {

namespace fs = std::filesystem;

struct Real {
  fs::path folder;
  std::string exercise() const { return folder.parent_path().filename(); }
};

std::ostream& operator<<(std::ostream& out, const Real& real) {
  return out << real.folder.string();
}

std::vector<Real> Reals() {
  std::vector<Real> all;
  for (const auto& entry : fs::recursive_directory_iterator(PLUMBLINE_REAL)) {
    if (entry.path().filename() == "expect.yaml") all.push_back({entry.path().parent_path()});
  }
  std::ranges::sort(all, {}, &Real::folder);
  return all;
}

// `key`: loses or may-lose.
Losses Written(const Real& real, const std::string& key) {
  Losses losses;
  const YAML::Node written = YAML::LoadFile(real.folder / "expect.yaml");
  for (const YAML::Node& id : written[key])
    losses[id.as<std::string>()] = written["finding"][id.as<std::string>()].as<std::string>();
  return losses;
}

// Fills `folder`; false if what goes along is not on this machine.
bool Complete(const Real& real, const Folder& folder) {
  fs::copy(real.folder, folder.path(), fs::copy_options::recursive);
  const YAML::Node packed = YAML::LoadFile(real.folder / "expect.yaml")["packed"];
  for (const auto& entry : packed) {
    const fs::path program = fs::path(PLUMBLINE_UNPACKED) / entry.second.as<std::string>();
    if (!fs::exists(program)) return false;
    const auto name = entry.first.as<std::string>();
    const Ran ran = Shell("gzip -nc '" + program.string() + "' > " + name, folder.path());
    EXPECT_EQ(ran.status, 0) << ran.err;
  }
  return true;
}

class RealPrograms : public ::testing::TestWithParam<Real> {};

TEST_P(RealPrograms, LoseWhatTheyDoOtherwise) {
  const Real& real = GetParam();
  const Folder folder;
  if (!Complete(real, folder)) GTEST_SKIP() << "needs: what ci/unpack unpacks";
  const Ran ran = Plumbline({"check", "--json", real.exercise(), folder.path().string()});
  ASSERT_LE(ran.status, 1) << ran.err;
  Losses losses = LossesIn(nlohmann::json::parse(ran.out));
  for (const auto& [check, finding] : Written(real, "may-lose")) {
    const auto lost = losses.find(check);
    if (lost == losses.end()) continue;
    EXPECT_EQ(lost->second, finding) << check;
    losses.erase(lost);
  }
  EXPECT_EQ(losses, Written(real, "loses"));
}

std::string NameOf(const ::testing::TestParamInfo<Real>& info) {
  std::string name = info.param.exercise() + "_" + info.param.folder.filename().string();
  std::ranges::replace(name, '-', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(All, RealPrograms, ::testing::ValuesIn(Reals()), NameOf);

}  // namespace
}  // namespace plumbline::e2e
