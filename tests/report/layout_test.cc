// SPDX-License-Identifier: MIT
#include "report/layout.h"

#include "report/options.h"

#include <pty.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <array>
#include <cstdlib>

#include "base/unique_fd.h"

namespace plumbline::report {
namespace {

TEST(Layout, CountsCharactersNotBytes) {
  EXPECT_EQ(Columns("pipe → wc"), 9U);
  EXPECT_EQ(Padded("é", 3), "é  ");
  EXPECT_EQ(Padded("abc", 2), "abc");
}

TEST(Layout, ShortensWithAnEllipsis) {
  EXPECT_EQ(Shortened("abc", 3), "abc");
  EXPECT_EQ(Shortened("abcd", 3), "ab…");
  EXPECT_EQ(Shortened("àéîõ", 3), "àé…");
}

TEST(Layout, BreaksAtSpaces) {
  EXPECT_EQ(Wrapped("one two three", 9, 2, 0), "one two\n  three");
  EXPECT_EQ(Wrapped("one two three", 0, 2, 0), "one two three");
  EXPECT_EQ(Wrapped("one two", 7, 0, 0), "one two");
  EXPECT_EQ(Wrapped("one two", 7, 0, 1), "one\ntwo");
}

TEST(Layout, LeavesLongWordsWhole) {
  EXPECT_EQ(Wrapped("a pneumonoultramicroscopic b", 8, 1, 0), "a\n pneumonoultramicroscopic\n b");
}

TEST(Layout, KeepsNewlines) { EXPECT_EQ(Wrapped("a\nb c", 80, 2, 0), "a\n  b c"); }

TEST(Layout, MakesLinesSafe) {
  EXPECT_EQ(SafeLines("a\x1b[1m\nb\t\xff\n"), "a\\x1b[1m\nb\\t\\xff");
  EXPECT_EQ(SafeLines(""), "");
}

TEST(Layout, PaintsOnlyInColour) {
  EXPECT_EQ(Painted("x", Paint::kGood, true), "\x1b[32mx\x1b[0m");
  EXPECT_EQ(Painted("x", Paint::kBad, true), "\x1b[31mx\x1b[0m");
  EXPECT_EQ(Painted("x", Paint::kDoubtful, true), "\x1b[33mx\x1b[0m");
  EXPECT_EQ(Painted("x", Paint::kStrong, true), "\x1b[1mx\x1b[0m");
  EXPECT_EQ(Painted("x", Paint::kFaint, true), "\x1b[2mx\x1b[0m");
  EXPECT_EQ(Painted("x", Paint::kPlain, true), "x");
  EXPECT_EQ(Painted("x", Paint::kGood, false), "x");
  EXPECT_EQ(Painted("", Paint::kGood, true), "");
}

// A terminal, a pipe, and the variables that decide on colour and width.
class Options : public ::testing::Test {
 protected:
  void SetUp() override {
    for (const char* name : {"NO_COLOR", "FORCE_COLOR", "COLUMNS"}) ::unsetenv(name);
    ::setenv("TERM", "xterm", 1);
    int master = -1;
    int slave = -1;
    winsize size{.ws_row = 24, .ws_col = 120, .ws_xpixel = 0, .ws_ypixel = 0};
    ASSERT_EQ(::openpty(&master, &slave, nullptr, nullptr, &size), 0);
    master_ = UniqueFd(master);
    terminal_ = UniqueFd(slave);
    std::array<int, 2> ends{};
    ASSERT_EQ(::pipe(ends.data()), 0);
    reader_ = UniqueFd(ends[0]);
    pipe_ = UniqueFd(ends[1]);
  }

  UniqueFd master_, terminal_, reader_, pipe_;
};

TEST_F(Options, ColourIsForTerminals) {
  EXPECT_TRUE(WantsColour("auto", terminal_.get()));
  EXPECT_FALSE(WantsColour("auto", pipe_.get()));
  ::setenv("TERM", "dumb", 1);
  EXPECT_FALSE(WantsColour("auto", terminal_.get()));
}

TEST_F(Options, ColourMayBeAskedForOutright) {
  EXPECT_TRUE(WantsColour("always", pipe_.get()));
  EXPECT_FALSE(WantsColour("never", terminal_.get()));
}

TEST_F(Options, ColourObeysTheEnvironment) {
  ::setenv("FORCE_COLOR", "1", 1);
  EXPECT_TRUE(WantsColour("auto", pipe_.get()));
  ::setenv("FORCE_COLOR", "0", 1);
  EXPECT_FALSE(WantsColour("auto", terminal_.get()));
  ::unsetenv("FORCE_COLOR");
  ::setenv("NO_COLOR", "1", 1);
  EXPECT_FALSE(WantsColour("auto", terminal_.get()));
  EXPECT_TRUE(WantsColour("always", terminal_.get()));
  ::setenv("NO_COLOR", "", 1);
  EXPECT_TRUE(WantsColour("auto", terminal_.get()));
}

TEST_F(Options, WidthIsTheTerminals) {
  EXPECT_EQ(WidthOf(terminal_.get()), 120);
  winsize narrow{.ws_row = 24, .ws_col = 10, .ws_xpixel = 0, .ws_ypixel = 0};
  ASSERT_EQ(::ioctl(terminal_.get(), TIOCSWINSZ, &narrow), 0);
  EXPECT_EQ(WidthOf(terminal_.get()), 40);
}

TEST_F(Options, WidthIsOtherwiseThatOfTheEnvironmentOrEighty) {
  EXPECT_EQ(WidthOf(pipe_.get()), 80);
  ::setenv("COLUMNS", "100", 1);
  EXPECT_EQ(WidthOf(pipe_.get()), 100);
  ::setenv("COLUMNS", "wide", 1);
  EXPECT_EQ(WidthOf(pipe_.get()), 80);
}

}  // namespace
}  // namespace plumbline::report
