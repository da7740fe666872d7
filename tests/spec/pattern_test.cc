// SPDX-License-Identifier: MIT
#include "spec/pattern.h"

#include <gmock/gmock.h>

namespace plumbline::spec {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class Source : public PlaceholderSource {
 public:
  std::optional<std::string> ValueOf(const std::string& placeholder) const override {
    if (placeholder == "submission.pid") return "12";
    if (placeholder == "a.client") return "127.0.0.1:7";
    return std::nullopt;
  }
};

TEST(Pattern, GivesPlaceholdersTheirValues) {
  EXPECT_EQ(SubstituteInPattern(R"(ready {submission.pid} \d{2}\n)", Source()),
            R"(ready 12 \d{2}\n)");
}

TEST(Pattern, TakesAValueForItself) {
  EXPECT_EQ(SubstituteInPattern("{a.client}", Source()), R"(127\.0\.0\.1:7)");
  EXPECT_EQ(SubstituteInPattern("{submission.pid}+{submission.pid}", Source()), "(?:12)+12");
}

TEST(Pattern, LeavesTheBracesOfAnExpression) {
  for (const char* pattern : {R"(a{2}b{1,3}c{4,}{)", R"(\{submission.pid})", "[{submission.pid}]",
                              "[]{n}]{2}", R"([^\]{n}[:alpha:]{n}])", R"(\p{Greek}\P{Lu}\x{20AC})",
                              R"(\Q{n}\E)", "{}", "a{", R"(\)", "[{n}", R"(\Q{n})", R"(\x{20)"}) {
    EXPECT_EQ(SubstituteInPattern(pattern, Source()), pattern);
    EXPECT_THAT(PlaceholdersInPattern(pattern), IsEmpty()) << pattern;
  }
}

TEST(Pattern, TakesADoubledBraceForOne) {
  EXPECT_EQ(SubstituteInPattern("{{{submission.pid}}", Source()), R"(\{12})");
}

TEST(Pattern, NamesWhatHasNoValue) {
  std::string missing;
  EXPECT_EQ(SubstituteInPattern("{x.pid} {y.pid}", Source(), &missing), R"(\{x\.pid} \{y\.pid})");
  EXPECT_EQ(missing, "x.pid");
  EXPECT_THAT(PlaceholdersInPattern(R"({x.pid}\{no}(n{3}|{y/1.pid}))"),
              ElementsAre("x.pid", "y/1.pid"));
}

}  // namespace
}  // namespace plumbline::spec
