// SPDX-License-Identifier: MIT
// Twenty graders at once on the processors that there are, an attacker among them: the others see
// nothing of it.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>

#include "tests/hostile/child.h"
#include "tests/hostile/grading.h"
#include "tests/hostile/outside.h"
#include "tests/hostile/pen.h"

namespace plumbline::hostile {
namespace {

constexpr int kMany = 20;

// Looks at all that another run of the account could take from it, and earns what it finds.
Attack Sensitive() {
  Attack attack;
  attack.source = "sensitive.c";
  attack.what = "nothing";
  return attack;
}
Attack Attacker(const std::string& source) {
  Attack attack;
  attack.source = source;
  attack.limits = "{processes: 48, memory: 256MiB, cpu: 3s}";
  return attack;
}

class Crowd : public ::testing::TestWithParam<std::string> {
 protected:
  static void Gather(const Stand& stand, const UniqueFd& program) {
    LeaveTheOthers();
    const Pen pen;
    if (stand.unprivileged) BecomeNobody();
    const Folder folder;
    const Outside outside(folder.path() / "outside");
    std::vector<std::unique_ptr<Grader>> graders;
    for (int i = 0; i < kMany; ++i) {
      const auto own = folder.path() / std::to_string(i);
      graders.push_back(std::make_unique<Grader>(program, own, stand.rung));
      graders.back()->Begin(i == 0 ? Attacker(GetParam()) : Sensitive(), outside);
    }
    for (int i = 0; i < kMany; ++i) {
      const Graded graded = graders[static_cast<size_t>(i)]->End();
      if (i == 0) {
        EXPECT_LE(graded.status, 1) << graded.err;
      } else {
        EXPECT_EQ(graded.status, 0) << i << ": " << graded.out << graded.err;
        EXPECT_EQ(graded.grade["points"], graded.grade["max_points"]) << i << ": " << graded.out;
      }
    }
    EXPECT_THAT(outside.Harm(), ::testing::IsEmpty());
    EXPECT_THAT(pen.Left({outside.bystander()}), ::testing::IsEmpty());
  }
};

TEST_P(Crowd, IsNotDisturbed) {
  const UniqueFd program(::open(PLUMBLINE_PROGRAM, O_RDONLY | O_CLOEXEC));
  ASSERT_TRUE(program);
  for (const Stand& stand : Stands()) {
    // pipe(7): without privileges the account's pages for pipes are shared (src/sandbox/README.md).
    if (stand.rung != "A" && GetParam() == "exhaustion/pipes.c" && stand.unprivileged) continue;
    SCOPED_TRACE(stand.name);
    InChild([&] { Gather(stand, program); });
    if (IsSkipped()) return;
  }
}

INSTANTIATE_TEST_SUITE_P(With, Crowd,
                         ::testing::Values("exhaustion/pipes.c", "exhaustion/watches.c",
                                           "exhaustion/fork_bomb.c", "escape/kill_everybody.c"),
                         [](const ::testing::TestParamInfo<std::string>& info) {
                           const size_t slash = info.param.find('/');
                           return info.param.substr(slash + 1, info.param.find('.') - slash - 1);
                         });

}  // namespace
}  // namespace plumbline::hostile
