// SPDX-License-Identifier: MIT
#include "base/shell_word.h"

#include <gtest/gtest.h>

namespace plumbline {
namespace {

TEST(ShellWord, IsAsItIsIfItMeansItself) {
  EXPECT_EQ(ShellWord("-std=c++20"), "-std=c++20");
  EXPECT_EQ(ShellWord("/lab/main.c"), "/lab/main.c");
}

TEST(ShellWord, IsQuotedElse) {
  EXPECT_EQ(ShellWord(""), "''");
  EXPECT_EQ(ShellWord("two words"), "'two words'");
  EXPECT_EQ(ShellWord("$HOME;*"), "'$HOME;*'");
  EXPECT_EQ(ShellWord("it's"), "'it'\\''s'");
}

}  // namespace
}  // namespace plumbline
