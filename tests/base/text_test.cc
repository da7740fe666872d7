// SPDX-License-Identifier: MIT
#include "base/text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace plumbline {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(IsUtf8, TakesWhatTheStandardTakes) {
  EXPECT_TRUE(IsUtf8(""));
  EXPECT_TRUE(IsUtf8("plain"));
  EXPECT_TRUE(IsUtf8("ç € 𝄞"));
  EXPECT_TRUE(IsUtf8("\xf4\x8f\xbf\xbf"));  // U+10FFFF, the last
}

TEST(IsUtf8, RefusesTheRest) {
  EXPECT_FALSE(IsUtf8("\x80"));              // continuation without a start
  EXPECT_FALSE(IsUtf8("\xc3"));              // cut short
  EXPECT_FALSE(IsUtf8("\xc3("));             // no continuation
  EXPECT_FALSE(IsUtf8("\xc0\xaf"));          // overlong, two bytes
  EXPECT_FALSE(IsUtf8("\xe0\x80\xaf"));      // overlong, three
  EXPECT_FALSE(IsUtf8("\xf0\x80\x80\xaf"));  // overlong, four
  EXPECT_FALSE(IsUtf8("\xed\xa0\x80"));      // a surrogate
  EXPECT_FALSE(IsUtf8("\xf4\x90\x80\x80"));  // beyond U+10FFFF
  EXPECT_FALSE(IsUtf8("\xf5\x80\x80\x80"));
  EXPECT_FALSE(IsUtf8("\xff"));
}

TEST(Escaped, LeavesTextForReadersAlone) {
  EXPECT_EQ(Escaped("got SIGUSR1 1"), "got SIGUSR1 1");
  EXPECT_EQ(Escaped("àéç ñ €"), "àéç ñ €");
  EXPECT_EQ(Escaped(""), "");
}

TEST(Escaped, NamesControlCharacters) {
  EXPECT_EQ(Escaped("a\nb\r\tc"), "a\\nb\\r\\tc");
  EXPECT_EQ(Escaped("\x1b[31mred"), "\\x1b[31mred");
  EXPECT_EQ(Escaped(std::string_view("\0\a\x7f", 3)), "\\x00\\x07\\x7f");
}

TEST(Escaped, NamesC1ControlsInBothForms) {
  EXPECT_EQ(Escaped("\xc2\x9b"
                    "31m"),
            "\\u009b31m");  // U+009B as UTF-8
  EXPECT_EQ(Escaped("\x9b"
                    "31m"),
            "\\x9b31m");  // as one byte
}

TEST(Escaped, NamesWhatHidesOrReorders) {
  EXPECT_EQ(Escaped("a\u202eb\u2069\u061c"), "a\\u202eb\\u2069\\u061c");
  EXPECT_EQ(Escaped("\ufeffx\u200b"), "\\ufeffx\\u200b");
  EXPECT_EQ(Escaped("1\u00a0000"), "1\\u00a0000");
  EXPECT_EQ(Escaped("soft\u00adhyphen"), "soft\\u00adhyphen");
  EXPECT_EQ(Escaped("\U000e0041"), "\\U000e0041");
}

TEST(Escaped, NamesBytesThatAreNoUtf8) {
  EXPECT_EQ(Escaped("a\xff\xc3("), "a\\xff\\xc3(");
  EXPECT_EQ(Escaped("\xed\xa0\x80"), "\\xed\\xa0\\x80");
}

TEST(Escaped, ReadsTheSameWhenEscapedTwice) {
  const std::string once = Escaped("\x1b\n\xff\u202e\\n");
  EXPECT_EQ(Escaped(once), once);
}

TEST(Escaped, CutsAtTheLimit) {
  EXPECT_EQ(Escaped("abcdef", 3), "abc…");
  EXPECT_EQ(Escaped("abc", 3), "abc");
}

TEST(Escaped, DropsTheCharacterThatTheCutSplit) {
  EXPECT_EQ(Escaped("ab€cd", 3), "ab…");
  EXPECT_EQ(Escaped("ab€cd", 4), "ab…");
  EXPECT_EQ(Escaped("ab€cd", 5), "ab€…");
  EXPECT_EQ(Escaped("a𝄞b", 4), "a…");
}

TEST(Escaped, KeepsOddBytesBeforeTheCut) {
  EXPECT_EQ(Escaped("ab\xff"
                    "cdef",
                    4),
            "ab\\xffc…");
  EXPECT_EQ(Escaped("ab\xed\xa0\x80", 4), "ab\\xed\\xa0…");  // never the start of a character
}

TEST(Lines, KnowsALastLineWithoutNewline) {
  EXPECT_THAT(Lines("a\nb"), ElementsAre("a", "b"));
  EXPECT_THAT(Lines("a\nb\n"), ElementsAre("a", "b"));
  EXPECT_THAT(Lines("\n\n"), ElementsAre("", ""));
  EXPECT_THAT(Lines(""), IsEmpty());
}

TEST(Listed, HasCommasBetween) {
  EXPECT_EQ(Listed({"a", "b", "c"}), "a, b, c");
  EXPECT_EQ(Listed({"a"}), "a");
  EXPECT_EQ(Listed({}), "");
}

TEST(ToUtf8, ReplacesByteForByte) {
  EXPECT_EQ(ToUtf8("ç\xff\xc3"), "ç\xef\xbf\xbd\xef\xbf\xbd");
  EXPECT_EQ(ToUtf8("plain"), "plain");
  EXPECT_TRUE(IsUtf8(ToUtf8("\xed\xa0\x80\xf5")));
}

TEST(Nearest, FindsASlipOfThePen) {
  EXPECT_EQ(Nearest("snapsot", {"signal", "snapshot", "send"}), "snapshot");
  EXPECT_EQ(Nearest("scenaros", {"checks", "scenarios"}), "scenarios");
  EXPECT_EQ(Nearest("Id", {"at", "id"}), "id");
  EXPECT_EQ(Nearest("wati", {"await", "wait"}), "wait");  // two letters swapped
}

TEST(Nearest, PrefersTheNearest) {
  EXPECT_EQ(Nearest("stdot", {"stdin", "stdout"}), "stdout");
  EXPECT_EQ(Nearest("cat", {"bat", "rat"}), "bat");
}

TEST(Nearest, SaysNothingRatherThanNonsense) {
  EXPECT_EQ(Nearest("points", {"id", "title"}), "");
  EXPECT_EQ(Nearest("x", {}), "");
}

}  // namespace
}  // namespace plumbline
