// SPDX-License-Identifier: MIT
#include "build/messages.h"

#include "tests/build/harness.h"

namespace plumbline::build {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// The only diagnostic in a text that is nothing else.
Diagnostic Only(const std::string& line) {
  const Messages messages = ParseMessages(line);
  EXPECT_EQ(messages.log, "") << line;
  EXPECT_THAT(messages.diagnostics, SizeIs(1)) << line;
  return messages.diagnostics.empty() ? Diagnostic() : messages.diagnostics[0];
}

TEST(ParseMessagesTest, Compilers) {
  EXPECT_EQ(Only("main.c:3:14: error: expected ‘;’ before ‘}’ token"),
            (Diagnostic{"main.c", 3, 14, "error", "expected ‘;’ before ‘}’ token"}));
  EXPECT_EQ(Only("a b/c.h:1: warning: x: y"), (Diagnostic{"a b/c.h", 1, 0, "warning", "x: y"}));
  EXPECT_EQ(Only("main.c:1:10: fatal error: x.h: No such file or directory").severity, "error");
  EXPECT_EQ(Only("main.c:1:1: note: here").severity, "note");
  EXPECT_EQ(Only("main.c:1:1: sorry, unimplemented: that").severity, "error");
  EXPECT_EQ(Only("main.c:1:1: internal compiler error: Segmentation fault").severity, "error");
}

TEST(ParseMessagesTest, PlacesAreRelativeToTheSubmission) {
  EXPECT_EQ(Only("/program/src/a.c:1:1: error: x").file, "src/a.c");
  EXPECT_EQ(Only("/lab/a.c:1:1: error: x").file, "a.c");
  EXPECT_EQ(Only("./src/../a.c:1:1: error: x").file, "a.c");
  EXPECT_EQ(Only("/usr/include/stdio.h:1:1: error: x").file, "/usr/include/stdio.h");
  EXPECT_EQ(Only("/programs/a.c:1:1: error: x").file, "/programs/a.c");
}

TEST(ParseMessagesTest, CompilersWithoutAPlace) {
  EXPECT_EQ(
      Only("cc1: out of memory allocating 1073741824 bytes after a total of 135168 bytes"),
      (Diagnostic{"", 0, 0, "error",
                  "out of memory allocating 1073741824 bytes after a total of 135168 bytes"}));
  EXPECT_EQ(Only("g++: fatal error: Killed signal terminated program cc1plus").message,
            "Killed signal terminated program cc1plus");
}

TEST(ParseMessagesTest, Linkers) {
  const Messages messages = ParseMessages(
      "/usr/bin/ld: /tmp/ccab12CD.o: in function `main':\n"
      "././main.c:3: undefined reference to `Missing'\n"
      "/usr/bin/ld: ./main.c:7: undefined reference to `Other'\n"
      "/usr/bin/ld: b.o: in function `main':\n"
      "b.c:(.text+0x0): multiple definition of `main'; a.o:a.c:(.text+0x0): first defined here\n"
      "/usr/bin/ld: cannot find -lnothing: No such file or directory\n"
      "collect2: error: ld returned 1 exit status\n");
  EXPECT_THAT(messages.diagnostics,
              ElementsAre(Diagnostic{"main.c", 3, 0, "error", "undefined reference to `Missing'"},
                          Diagnostic{"main.c", 7, 0, "error", "undefined reference to `Other'"},
                          IsDiagnostic("error", "", 0, "multiple definition of `main'; a.o"),
                          IsDiagnostic("error", "", 0, "cannot find -lnothing")));
}

TEST(ParseMessagesTest, Bash) {
  const Messages messages = ParseMessages(
      "main.sh: line 3: syntax error near unexpected token `fi'\n"
      "main.sh: line 3: `  fi fi'\n"
      "main.sh: line 9: warning: here-document at line 8 delimited by end-of-file\n");
  EXPECT_THAT(messages.diagnostics,
              ElementsAre(IsDiagnostic("error", "main.sh", 3, "syntax error near"),
                          IsDiagnostic("warning", "main.sh", 9, "here-document at line 8")));
  EXPECT_EQ(messages.log, "main.sh: line 3: `  fi fi'\n");
}

TEST(ParseMessagesTest, Make) {
  EXPECT_EQ(Only("Makefile:2: *** missing separator.  Stop."),
            (Diagnostic{"Makefile", 2, 0, "error", "missing separator"}));
  EXPECT_EQ(Only("make: *** No targets specified and no makefile found.  Stop.").message,
            "No targets specified and no makefile found");
  const Messages failed = ParseMessages("make: *** [Makefile:3: all] Error 2\n");
  EXPECT_THAT(failed.diagnostics, IsEmpty());
  EXPECT_EQ(failed.log, "make: *** [Makefile:3: all] Error 2\n");
}

TEST(ParseMessagesTest, FollowsMakeIntoFolders) {
  const Messages messages = ParseMessages(
      "make[1]: Entering directory '/lab/src'\n"
      "a.c:1:1: error: in src\n"
      "make[2]: Entering directory '/lab/src/deep'\n"
      "../a.c:2:1: error: in src too\n"
      "make[2]: Leaving directory '/lab/src/deep'\n"
      "make[1]: Leaving directory '/lab/src'\n"
      "make[1]: Leaving directory '/lab/src'\n"
      "a.c:1:1: error: at the top\n");
  EXPECT_EQ(messages.log, "");
  ASSERT_THAT(messages.diagnostics, SizeIs(3));
  EXPECT_EQ(messages.diagnostics[0].file, "src/a.c");
  EXPECT_EQ(messages.diagnostics[1].file, "src/a.c");
  EXPECT_EQ(messages.diagnostics[2].file, "a.c");
}

TEST(ParseMessagesTest, KeepsTheRest) {
  const Messages messages = ParseMessages("one\nmain.c: In function ‘main’:\n\nlast");
  EXPECT_THAT(messages.diagnostics, IsEmpty());
  EXPECT_EQ(messages.log, "one\nmain.c: In function ‘main’:\n\nlast\n");
}

TEST(ParseMessagesTest, SaysNothingTwice) {
  EXPECT_THAT(ParseMessages("a.c:1:1: error: x\na.c:1:1: error: x\n").diagnostics, SizeIs(1));
}

TEST(ParseMessagesTest, HasBounds) {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "a.c:" + std::to_string(i) + ":1: error: x\n";
  EXPECT_THAT(ParseMessages(text).diagnostics, SizeIs(200));
  EXPECT_THAT(ParseMessages("a.c:1:1: error: " + std::string(100000, 'x')).diagnostics, IsEmpty());
  EXPECT_EQ(Only("a.c:99999999999999:1: error: x").line, 0);
}

}  // namespace
}  // namespace plumbline::build
