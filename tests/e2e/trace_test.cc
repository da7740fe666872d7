// SPDX-License-Identifier: MIT
// `trace` on programs of the system.
#include <gmock/gmock.h>

#include <chrono>

#include "program.h"

namespace plumbline::e2e {
namespace {

using ::testing::AllOf;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Not;

class Trace : public ::testing::Test {
 protected:
  Ran Of(const std::string& line) const { return Shell(line, folder_.path()); }
  const Folder folder_;
};

TEST_F(Trace, TellsAPipeChain) {
  folder_.Write("words", "b\na\n");
  const Ran ran = Of("$P trace -- bash -c 'cat words | sort | wc -l > carta.txt; cat carta.txt'");
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_EQ(ran.out, "2\n");
  EXPECT_THAT(ran.err, HasSubstr("[3 cat] write(1) \"b\\na\\n\" = 4 bytes into pipe A\n"));
  // In one line with the bytes or, if something was told in between, in one of its own.
  EXPECT_THAT(ran.err, HasSubstr("[4 sort] read(0) \"b\\na\\n\" = 4 bytes from pipe A"));
  EXPECT_THAT(ran.err,
              ContainsRegex("\\[4 sort\\] read\\(0\\).* bytes from pipe A, end of file\n"));
  EXPECT_THAT(ran.err, HasSubstr("  pipe B: [4 sort] wrote 4 bytes, [5 wc] read 4 bytes\n"));
  EXPECT_THAT(ran.err, HasSubstr("end: exited with status 0; 4 processes"));
  EXPECT_THAT(ran.err, Not(HasSubstr("/usr/lib/")));
  EXPECT_FALSE(std::filesystem::exists(folder_.path() / "carta.txt"));  // it stays in the sandbox
}

TEST_F(Trace, DrawsAPageIfTheFileIsOne) {
  const Ran ran = Of("$P trace -o run.html -- bash -c 'echo \"<b>\" | cat'");
  EXPECT_EQ(ran.status, 0) << ran.err;
  const std::string page = Content(folder_.path() / "run.html");
  EXPECT_THAT(page, AllOf(HasSubstr("<!DOCTYPE html>"), HasSubstr("\"scenario\":\"trace\""),
                          HasSubstr("write(1)"), Not(HasSubstr("<b>"))));
}

TEST_F(Trace, TellsAllWhenAsked) {
  EXPECT_THAT(Of("$P trace --all -- true").err, HasSubstr("/etc/ld.so.cache"));
}

TEST_F(Trace, TellsSignalsAndWhoSentThem) {
  const Ran ran = Of("$P trace -- bash -c 'trap \"echo got\" USR1; (kill -USR1 $$) & wait; wait'");
  EXPECT_EQ(ran.out, "got\n");
  EXPECT_THAT(ran.err, HasSubstr("kill(SIGUSR1) to [2 bash]\n"));
  EXPECT_THAT(ran.err,
              ContainsRegex("\\[2 bash\\] gets SIGUSR1 from \\[3 bash\\].*: its handler runs"));
}

TEST_F(Trace, TellsAServerAndItsClient) {
  const Ran ran =
      Of("$P trace -- bash -c 'socat TCP-LISTEN:7,reuseaddr EXEC:cat & "
         "echo hola | socat - TCP:127.0.0.1:7,retry=1000,interval=0.01'");
  EXPECT_EQ(ran.out, "hola\n");
  EXPECT_THAT(ran.err, ContainsRegex("accept4?\\(.*127.0.0.1:.* = 6   socket . from 127.0.0.1:"));
  EXPECT_THAT(ran.err, HasSubstr(" to 127.0.0.1:7: "));
}

TEST_F(Trace, DoesNotWaitForTime) {
  const auto begin = std::chrono::steady_clock::now();
  const Ran ran = Of("$P trace -- sleep 86400");
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_THAT(ran.err, HasSubstr("; 1 process, 1 d of virtual time"));
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::minutes(1));
}

TEST_F(Trace, TellsOneTimeToAllPrograms) {
  folder_.Write("times.sh",
                "a=$(date +%s)\n"
                "sleep 5\n"
                "read -t 7 line < <(sleep 100)\n"
                "timeout 8 sleep 99; echo timeout $?\n"
                "timeout 2 sh -c 'while :; do :; done'; echo busy $?\n"
                "python3 -c 'import time; time.sleep(30)'\n"
                "perl -e 'alarm 3; $SIG{ALRM} = sub { exit 4 }; sleep 50'; echo perl $?\n"
                "(sleep 20; echo last) & (sleep 10; echo first) & wait\n"
                "echo $(($(date +%s) - a)) $SECONDS\n");
  const Ran ran = Of("$P trace -- bash times.sh");
  EXPECT_EQ(ran.out, "timeout 124\nbusy 124\nperl 4\nfirst\nlast\n105 105\n") << ran.err;
}

TEST_F(Trace, LetsTimePassByItselfWhenAsked) {
  const auto begin = std::chrono::steady_clock::now();
  const Ran ran = Of("$P trace --real-time -- bash -c 'sleep 0.5; timeout 0.2 sleep 9; echo $?'");
  EXPECT_EQ(ran.out, "124\n") << ran.err;
  EXPECT_GE(std::chrono::steady_clock::now() - begin, std::chrono::milliseconds(700));
}

TEST_F(Trace, SaysWhyNobodyCanGoOn) {
  const Ran ran =
      Of("$P trace --lang ca -- python3 -c 'import os; r, w = os.pipe(); os.read(r, 1)'");
  EXPECT_EQ(ran.status, 0);
  EXPECT_THAT(ran.err, HasSubstr("end: nobody could go on"));
  EXPECT_THAT(ran.err, HasSubstr("] waits in read(3), pipe A\n"));
  EXPECT_THAT(ran.err, HasSubstr("why (deadlock.no-end-of-file):\n"));
  EXPECT_THAT(ran.err, HasSubstr("escriptura"));
}

TEST_F(Trace, FollowsWhatAProgramLeavesRunning) {
  const Ran ran = Of("$P trace -- bash -c 'mkfifo f; (cat f; echo late) & echo early > f; exit 3'");
  EXPECT_EQ(ran.out, "early\nlate\n");
  EXPECT_THAT(ran.err, HasSubstr("end: exited with status 3"));
  const Ran stays = Of("$P trace -- bash -c 'mkfifo f; cat f & exit 3'");
  EXPECT_THAT(stays.err, HasSubstr("end: exited with status 3, but somebody stays for ever"));
  EXPECT_THAT(stays.err, HasSubstr("waits in openat()"));
  EXPECT_THAT(stays.err, HasSubstr("why (deadlock.fifo-without-peer):\n"));
}

TEST_F(Trace, GivesThePogramTheInputOfItsOwn) {
  EXPECT_EQ(Of("printf 'b\\na\\n' | $P trace -o story -- sort").out, "a\nb\n");
  EXPECT_THAT(Content(folder_.path() / "story"),
              HasSubstr("read(0) \"b\\na\\n\" = 4 bytes from standard input"));
}

TEST_F(Trace, GivesATerminalWhenAsked) {
  const Ran ran =
      Of("echo hola | $P trace --terminal -- bash -c 'read x; test -t 0 && test -t 1 && echo \"got "
         "$x\"' 2>story");
  EXPECT_THAT(ran.out, HasSubstr("got hola"));
}

TEST_F(Trace, RunsAProgramOfTheFolderAndOneFromElsewhere) {
  folder_.Write("sub/says", "#!/bin/sh\ncat sub/what\n");
  folder_.Write("sub/what", "hola\n");
  EXPECT_EQ(Of("chmod +x sub/says && $P trace -- ./sub/says").out, "hola\n");
  const Folder elsewhere;
  EXPECT_EQ(Of("cd " + elsewhere.path().string() + " && $P trace -- " +
               (folder_.path() / "sub/says").string())
                .out,
            "");
}

TEST_F(Trace, MistakesEndWith2) {
  for (const char* line : {"$P trace -- nosuchcommand", "$P trace -- ./nosuchfile",
                           "touch f; $P trace -- ./f", "$P trace"}) {
    const Ran ran = Of(line);
    EXPECT_EQ(ran.status, 2) << line;
    EXPECT_THAT(ran.err, HasSubstr("\n  ")) << line;  // what to do
  }
}

// The tools of coreutils do unusual things with processes; each ends as it does outside.
TEST_F(Trace, CoreutilsWorkAsEverywhere) {
  const std::vector<std::pair<std::string, std::string>> lines{
      {"bash -c 'seq 20000 | sort --parallel=4 -S 64K -rn | head -1'", "20000\n"},
      {"bash -c 'seq 10 | split -l 5 --filter=\"wc -l\"'", "5\n5\n"},
      {"bash -c 'echo hola | tee a b && cat a b'", "hola\nhola\nhola\n"},
      {"bash -c 'mkfifo f; timeout 0.05 cat f; echo $?'", "124\n"},
      {"bash -c 'mkfifo f; timeout -s KILL 0.05 cat f; echo $?'", "137\n"},
      {"bash -c 'nohup true 2>/dev/null; echo $?'", "0\n"},
      {"bash -c 'seq 4 | xargs -P 4 -n 1 echo | sort'", "1\n2\n3\n4\n"},
      {"bash -c 'env -i stdbuf -oL echo hola'", "hola\n"},
      {"bash -c 'yes | head -1'", "y\n"},
      {"bash -c 'mkfifo f; cat f & echo hola > f; wait'", "hola\n"},
  };
  for (const auto& [line, output] : lines) {
    const Ran ran = Of("$P trace -- " + line);
    EXPECT_EQ(ran.status, 0) << line;
    EXPECT_EQ(ran.out, output) << line << "\n" << ran.err;
    EXPECT_THAT(ran.err, HasSubstr("end: exited with status 0")) << line;
  }
}

}  // namespace
}  // namespace plumbline::e2e
