// SPDX-License-Identifier: MIT
// Builds as an account without privileges, and in the best isolation there is.
#include "tests/build/harness.h"

namespace plumbline::build {
namespace {

using sandbox::testing::Account;
using sandbox::testing::As;
using ::testing::Contains;

TEST(AccountTest, NeedsNoPrivileges) {
  As(Account::kUnprivileged, [] {
    if (const auto box = sandbox::Sandbox::Create({}); !box)
      GTEST_SKIP() << "needs: user namespaces (" << box.error().ToString() << ")";
    const Folder folder;
    Request request = RequestOf("c", {{"main.c", kEmptyMain}});
    request.cache = folder.path() / "cache";
    const auto report = Build(request);
    ASSERT_OK(report);
    EXPECT_TRUE(report->ok) << Words(*report);
    const auto again = Build(request);
    ASSERT_OK(again);
    EXPECT_TRUE(again->cached);
  });
}

TEST(AccountTest, AControlGroupBoundsMemory) {
  Request request = RequestOf("cpp", {{"main.cc", "#include \"/dev/zero\"\n"}});
  request.rung = sandbox::Rung::kA;
  if (const auto box = sandbox::Sandbox::Create({.rung = request.rung}); !box)
    GTEST_SKIP() << "needs: control groups (" << box.error().ToString() << ")";
  Limits limits;
  limits.sandbox.memory = MiB(128);
  const auto report = Build(request, limits);
  ASSERT_OK(report);
  EXPECT_FALSE(report->ok);
  EXPECT_THAT(report->diagnostics,
              Contains(IsDiagnostic("error", "", 0, "needed more than 128 MiB of memory")))
      << Words(*report);
}

}  // namespace
}  // namespace plumbline::build
