// SPDX-License-Identifier: MIT
#include "spec/diagnostic.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace plumbline::spec {
namespace {

Diagnostic At(int line, int column) {
  return {"a/x.yaml", {line, column}, "wrong-type", "expected a word", "write one"};
}

TEST(Format, PointsAtThePlace) {
  EXPECT_EQ(Format(At(2, 4), "a: 1\nb: [2]\n"),
            "a/x.yaml:2:4: error: expected a word [wrong-type]\n"
            "    b: [2]\n"
            "       ^\n"
            "  write one\n");
}

TEST(Format, GivesOneLineWithoutTheSource) {
  EXPECT_EQ(Format(At(2, 4)), "a/x.yaml:2:4: error: expected a word [wrong-type]\n");
}

TEST(Format, NamesNoPlaceWhereThereIsNone) {
  EXPECT_EQ(Format({"x.yaml", {}, "unreadable", "there is none", ""}, "a: b"),
            "x.yaml: error: there is none [unreadable]\n");
}

TEST(Format, CountsCharacters) {
  EXPECT_EQ(Format({"x", {1, 7}, "c", "m", ""}, "ñandú: à"),
            "x:1:7: error: m [c]\n    ñandú: à\n          ^\n");
}

TEST(Format, ShowsTabsAndLinesOfDosAsOneColumn) {
  EXPECT_EQ(Format({"x", {1, 3}, "c", "m", ""}, "a\tb\r\nc"),
            "x:1:3: error: m [c]\n    a b\n      ^\n");
}

TEST(Format, CutsLongLines) {
  std::string line(1001, 'a');
  line[500] = 'b';
  const std::string text = Format({"x", {1, 501}, "c", "m", ""}, line);
  EXPECT_THAT(
      text, testing::HasSubstr("    " + std::string(100, 'a') + "b" + std::string(19, 'a') + "\n"));
  EXPECT_THAT(text, testing::HasSubstr("\n" + std::string(104, ' ') + "^\n"));
}

TEST(Format, MayStandBehindTheEnd) {
  EXPECT_EQ(Format({"x", {1, 9}, "c", "m", ""}, "a"),
            "x:1:9: error: m [c]\n    a\n            ^\n");
  EXPECT_EQ(Format({"x", {7, 1}, "c", "m", ""}, "a\n"), "x:7:1: error: m [c]\n    \n    ^\n");
}

TEST(InOrder, SortsByPlaceAndKeepsOneOfEach) {
  const Diagnostics sorted = InOrder({At(2, 4), At(1, 9), At(2, 4), At(2, 1)});
  ASSERT_EQ(sorted.size(), 3u);
  EXPECT_EQ(sorted[0].mark.line, 1);
  EXPECT_EQ(sorted[1].mark.column, 1);
  EXPECT_EQ(sorted[2].mark.column, 4);
}

}  // namespace
}  // namespace plumbline::spec
