// SPDX-License-Identifier: MIT
// What a scenario changes behind the program's back: calls that fail, ends that are told otherwise.
#include "tests/scenario/playing.h"

namespace plumbline::scenario::testing {
namespace {

using record::Call;
using record::Executed;
using record::Exited;
using record::Reaped;
using ::testing::HasSubstr;
using ::testing::SizeIs;

class AlterTest : public PlayTest {};
FOR_EACH_ACCOUNT(AlterTest);

// --- Calls that fail.

TEST_P(AlterTest, ACallFailsAlways) {
  const Recording seen =
      Play(Bash("for i in 1 2; do mkdir d || echo failed; done; echo > F; ls"), R"(
alter: [{call: mkdir, error: ENOSPC}]
)");
  EXPECT_THAT(seen, Exits(0));
  EXPECT_EQ(Out(seen), "failed\nfailed\nF\n");
  EXPECT_THAT(Errors(seen), HasSubstr("No space left on device"));
}

TEST_P(AlterTest, OnlyTheNthCallFails) {
  const Recording seen = Play(Bash("for i in 1 2 3; do mkdir d$i || echo $i failed; done"), R"(
alter: [{call: mkdir, error: EDQUOT, nth: 2}]
)");
  EXPECT_EQ(Out(seen), "2 failed\n");
  EXPECT_THAT(Errors(seen), HasSubstr("quota"));
}

// exercises/WRITING.md: what fails by one rule is not counted by those below it.
TEST_P(AlterTest, EachRuleCountsWhatThoseAboveLetThrough) {
  const std::string script = "for i in 1 2 3 4 5; do mkdir d$i 2>&1 || echo $i; done";
  const Recording twice = Play(Bash(script), R"(
alter: [{call: mkdir, error: EROFS, nth: 2}, {call: mkdir, error: EROFS, nth: 2}]
)");
  EXPECT_THAT(Out(twice), AllOf(HasSubstr("\n2\n"), HasSubstr("\n3\n")));
  EXPECT_THAT(twice.snapshot("end")->files, SizeIs(3));
  // The call that fails by the first is the second's first no more.
  const Recording seen = Play(Bash(script), R"(
alter: [{call: mkdir, error: EROFS, nth: 1}, {call: mkdir, error: EDQUOT, nth: 2}]
)");
  EXPECT_THAT(Out(seen), HasSubstr("Read-only file system\n1\n"));
  EXPECT_THAT(Out(seen), HasSubstr("quota exceeded\n3\n"));
  EXPECT_THAT(seen.snapshot("end")->files, SizeIs(3));
}

TEST_P(AlterTest, AlwaysLeavesNothingForTheRulesBelow) {
  const Recording seen = Play(Bash("for i in 1 2; do mkdir d$i 2>&1; done"), R"(
alter: [{call: mkdir, error: EROFS}, {call: mkdir, error: EDQUOT, nth: 1}]
)");
  EXPECT_THAT(Out(seen), Not(HasSubstr("quota")));
}

TEST_P(AlterTest, CallsOfOthersDoNotCount) {
  const Recording seen = Play(Python("import os, subprocess\n"
                                     "os.mkdir('a')\n"
                                     "subprocess.run(['mkdir', 'b', 'c'])\n"
                                     "try: os.mkdir('d')\n"
                                     "except OSError as error: print(error.strerror)\n"),
                              R"(
alter: [{call: mkdir, who: sort, error: EIO}, {call: mkdir, who: submission, error: EACCES, nth: 2}]
)");
  EXPECT_EQ(Out(seen), "Permission denied\n");
  EXPECT_EQ(seen.snapshot("end")->files.size(), 3u);
}

TEST_P(AlterTest, AFamilyOfCallsFails) {
  const Recording seen =
      Play(Python("import os\n"
                  "for make in os.fork, lambda: os.posix_spawn('/bin/true', ['true'], {}):\n"
                  "  try: make()\n"
                  "  except OSError as error: print(error.strerror)\n"),
           "alter: [{call: fork, who: submission, error: EAGAIN}]");
  EXPECT_EQ(Out(seen), "Resource temporarily unavailable\nResource temporarily unavailable\n");
  EXPECT_THAT(seen.processes, SizeIs(1));
}

TEST_P(AlterTest, ExecFails) {
  const Recording seen = Play(Bash("cat F; echo $?"), R"(
files: {F: {text: x}}
alter: [{call: exec, who: submission/1, error: ENOEXEC}]
)");
  const auto executed = All<Executed>(seen, 1);
  ASSERT_THAT(executed, SizeIs(1));
  EXPECT_EQ(executed[0]->error, ENOEXEC);
}

// It tries fork(2) where vfork(2) has failed.
TEST_P(AlterTest, AForkFailsForPythonToo) {
  const Recording seen = Play(Python("import subprocess\n"
                                     "for i in range(3):\n"
                                     "    try:\n"
                                     "        print(subprocess.call(['true']), flush=True)\n"
                                     "    except OSError as error:\n"
                                     "        print(error.errno, flush=True)\n"),
                              R"(
alter: [{call: fork, who: submission, error: EAGAIN, nth: 2}]
)");
  EXPECT_EQ(Out(seen), "0\n11\n0\n");
}

// Both end up in clone(2).
TEST_P(AlterTest, AThreadIsNoFork) {
  const Recording seen = Play(Python("import os, threading\n"
                                     "def start():\n"
                                     "    thread = threading.Thread(target=lambda: None)\n"
                                     "    thread.start()\n"
                                     "    thread.join()\n"
                                     "start()\n"
                                     "for i in range(3):\n"
                                     "    try:\n"
                                     "        pid = os.fork()\n"
                                     "        if pid == 0: os._exit(0)\n"
                                     "        os.waitpid(pid, 0)\n"
                                     "    except OSError: print(i, flush=True)\n"
                                     "    start()\n"),
                              R"(
alter: [{call: fork, who: submission, error: EAGAIN, nth: 2}]
)");
  EXPECT_THAT(seen, Exits(0));
  EXPECT_EQ(Out(seen), "1\n");
  EXPECT_THAT(All<record::ThreadBorn>(seen, 0), SizeIs(4));
}

TEST_P(AlterTest, CloneIsAThreadToo) {
  const Recording seen = Play(Python("import os, threading\n"
                                     "try: threading.Thread(target=lambda: None).start()\n"
                                     "except RuntimeError: print('none')\n"),
                              "alter: [{call: clone, who: submission, error: EAGAIN}]");
  EXPECT_EQ(Out(seen), "none\n");
  EXPECT_THAT(All<record::ThreadBorn>(seen, 0), SizeIs(0));
}

TEST_P(AlterTest, ReadingFailsAndTheRecordingSaysSo) {
  const Recording seen = Play(Bash("read x; echo $?"), R"(
stdin: {text: "x\n"}
alter: [{call: read, who: submission, error: EIO, nth: 3}]
)");
  std::vector<const Call*> failed;
  for (const Call* call : All<Call>(seen, 0)) {
    if (call->error == EIO) failed.push_back(call);
  }
  ASSERT_THAT(failed, SizeIs(1));
  EXPECT_EQ(failed[0]->name, "read");
}

// read(0, NULL, 0); the loader has read the library's header before.
TEST_P(AlterTest, TheLoadersCallsNeitherFailNorCount) {
  const Recording seen = Play(Tracee("one_call"), R"(
args: ["0", "0", "0", "0"]
alter: [{call: read, error: EIO, nth: 1}]
)");
  EXPECT_EQ(Out(seen), "EIO\n");
}

TEST_P(AlterTest, SeveralAlterationsAtOnce) {
  const Recording seen = Play(Bash("mkdir d || echo 1; rmdir d || echo 2; false; echo $?"), R"(
alter:
  - {call: mkdir, error: EPERM}
  - {call: rmdir, error: EBUSY}
  - {exit: rmdir, status: 9}
)");
  EXPECT_EQ(Out(seen), "1\n2\n1\n");
}

// --- Ends.

TEST_P(AlterTest, AnEndIsToldWithAnotherStatus) {
  const Recording bash = Play(Bash("cat </dev/null; echo $?"), "alter: [{exit: cat, status: 3}]");
  EXPECT_EQ(Out(bash), "3\n");
  for (const char* how : {"wait4", "waitid"}) {
    const Recording seen = Play(Tracee("told_end"), std::string("{args: [") + how +
                                                        ", \"5\"], alter: [{exit: submission/1, "
                                                        "status: 3}]}");
    EXPECT_THAT(Out(seen), HasSubstr("exited 3\n")) << how;
    EXPECT_THAT(Out(seen), Not(HasSubstr("5"))) << how;
    // What happened and what was told are two things.
    EXPECT_EQ(All<Exited>(seen, 1)[0]->status, 5);
    EXPECT_EQ(All<Reaped>(seen, 0)[0]->wait_status, 3 << 8);
  }
}

TEST_P(AlterTest, AnEndIsToldAsThatOfASignal) {
  const Recording bash =
      Play(Bash("cat </dev/null; echo $?"), "alter: [{exit: cat, killed_by: SEGV}]");
  EXPECT_EQ(Out(bash), "139\n");
  for (const char* how : {"wait4", "waitid"}) {
    const Recording seen = Play(Tracee("told_end"), std::string("{args: [") + how +
                                                        ", \"0\"], alter: [{exit: submission/*, "
                                                        "killed_by: KILL}]}");
    EXPECT_THAT(Out(seen), HasSubstr("killed by 9\n")) << how;
    EXPECT_THAT(Out(seen), Not(HasSubstr("exited"))) << how;
  }
}

TEST_P(AlterTest, OtherEndsAreToldAsTheyAre) {
  const Recording seen =
      Play(Bash("cat </dev/null; echo $?; false; echo $?"), "alter: [{exit: sort, status: 3}]");
  EXPECT_EQ(Out(seen), "0\n1\n");
}

}  // namespace
}  // namespace plumbline::scenario::testing
