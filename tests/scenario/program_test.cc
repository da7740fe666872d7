// SPDX-License-Identifier: MIT
// What a scenario gives to the program: arguments, files, standard streams, environment.
#include "tests/scenario/playing.h"

namespace plumbline::scenario::testing {
namespace {

using record::ObjectKind;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Key;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;

class ProgramTest : public PlayTest {};
FOR_EACH_ACCOUNT(ProgramTest);

const record::Object* ObjectAt(const Recording& seen, const std::string& snapshot, int fd) {
  const record::ProcessStateAt* state = At(seen, snapshot, Named(seen, "submission"));
  if (state == nullptr || !state->descriptors.contains(fd)) return nullptr;
  return seen.object(state->descriptors.at(fd).object);
}

TEST_P(ProgramTest, GetsItsArguments) {
  const Recording seen = Play(Bash("printf '<%s>' \"$@\"; exit 7"), R"(
args: [one, "two words", "", "{{x}", "{cwd}/F", "{echo.port}"]
peers: {echo: {kind: echo, port: 7}}
)");
  EXPECT_THAT(seen, Exits(7));
  EXPECT_EQ(Out(seen), "<one><two words><><{x}></lab/F><7>");
  EXPECT_EQ(Errors(seen), "");
}

TEST_P(ProgramTest, IsTheOneThatTheScenarioNames) {
  const Recording seen = Play(Bash("echo first"), "program: other",
                              {.programs = {{"other", Bash("echo other", "other")}}});
  EXPECT_THAT(seen, Exits(0));
  EXPECT_EQ(Out(seen), "other\n");
  EXPECT_EQ(seen.processes[0].program, "other");
  EXPECT_EQ(seen.processes[0].started_as, "submission");
}

TEST_P(ProgramTest, FindsItsFiles) {
  const Recording seen = Play(Bash("stat -c '%n %F %a %s' * d/* | sort; readlink l; cat l"), R"(
files:
  plain: {text: "b\na\n"}
  mine: {text: {hex: "00ff"}, mode: "0600"}
  empty: {}
  F: {kind: fifo}
  G: {kind: fifo, mode: "0622"}
  d: {kind: directory, mode: "0700"}
  d/inner: {text: {numbered: "line {n}\n", count: 2}}
  S: {kind: socket}
  l: {kind: link, target: d/inner}
)");
  EXPECT_THAT(seen, Exits(0));
  EXPECT_EQ(Out(seen),
            "F fifo 644 0\nG fifo 622 0\nS socket 644 0\nd directory 700 60\n"
            "d/inner regular file 644 14\nempty regular empty file 644 0\n"
            "l symbolic link 777 7\nmine regular file 600 2\nplain regular file 644 4\n"
            "d/inner\nline 1\nline 2\n");
}

TEST_P(ProgramTest, FindsAsManyFilesAsTheyCount) {
  const Recording seen = Play(Bash("ls; cat f3; ls d2"), R"(
files:
  "f{n}": {text: "number {n} in {cwd}\n", count: 3}
  "d{n}": {kind: directory, count: 2}
  d2/x: {}
)");
  EXPECT_EQ(Out(seen), "d1\nd2\nf1\nf2\nf3\nnumber 3 in /lab\nx\n");
}

TEST_P(ProgramTest, FindsASocketThatNobodyListensTo) {
  const Recording seen = Play(Python("import socket\n"
                                     "try: socket.socket(socket.AF_UNIX).connect('S')\n"
                                     "except OSError as error: print(error.strerror)\n"),
                              "files: {S: {kind: socket}}");
  EXPECT_EQ(Out(seen), "Connection refused\n");
}

// --- Standard input.

TEST_P(ProgramTest, ReadsEndOfFileAtOnce) {
  for (const char* scenario : {"args: []", "stdin: empty"}) {
    const Recording seen = Play(Bash("read line; echo $? \"[$line]\""), scenario);
    EXPECT_EQ(Out(seen), "1 []\n");
    ASSERT_NE(ObjectAt(seen, "start", 0), nullptr);
    EXPECT_EQ(ObjectAt(seen, "start", 0)->kind, ObjectKind::kPipe);
    EXPECT_EQ(ObjectAt(seen, "start", 0)->role, "stdin");
  }
}

TEST_P(ProgramTest, ReadsWhatStepsSend) {
  const Recording seen = Play(Bash("read a; echo got $a; read b || echo end"), R"(
stdin: open
steps:
  - await: blocked
  - send: {to: stdin, text: "one\n"}
  - await: {output: "got one"}
  - close: stdin
  - await: exit
)");
  EXPECT_THAT(seen, Exits(0));
  EXPECT_EQ(Out(seen), "got one\nend\n");
}

TEST_P(ProgramTest, HasNoStandardInput) {
  const Recording seen = Play(Bash("[ -e /proc/self/fd/0 ] || echo closed"), "stdin: closed");
  EXPECT_EQ(ObjectAt(seen, "start", 0), nullptr);
  EXPECT_NE(ObjectAt(seen, "start", 1), nullptr);
}

TEST_P(ProgramTest, ReadsAText) {
  const Recording seen = Play(Bash("cat; echo $?"), "stdin: {text: \"in {cwd}\\n\"}");
  EXPECT_EQ(Out(seen), "in /lab\n0\n");
}

TEST_P(ProgramTest, ReadsATextThatIsLongerThanAPipe) {
  const Recording seen = Play(Bash("sleep 0; wc -c; wc -c"), "stdin: {text: {bytes: 1MiB}}");
  EXPECT_EQ(Out(seen), "1048576\n0\n");
}

TEST_P(ProgramTest, ReadsAFile) {
  const Recording seen = Play(Bash("cat"), R"(
files: {words: {text: "b\n"}}
stdin: {file: words}
)");
  EXPECT_EQ(Out(seen), "b\n");
  ASSERT_NE(ObjectAt(seen, "start", 0), nullptr);
  EXPECT_EQ(ObjectAt(seen, "start", 0)->kind, ObjectKind::kFile);
  EXPECT_EQ(ObjectAt(seen, "start", 0)->name, "/lab/words");
}

// --- Standard output.

TEST_P(ProgramTest, WritesIntoAPipe) {
  const Recording seen = Play(Bash("echo out; echo err >&2"), "stdout: pipe");
  EXPECT_EQ(Out(seen), "out\n");
  EXPECT_EQ(Errors(seen), "err\n");
  EXPECT_EQ(ObjectAt(seen, "start", 1)->role, "submission.stdout");
  EXPECT_EQ(ObjectAt(seen, "start", 2)->role, "submission.stderr");
}

TEST_P(ProgramTest, HasNoStandardOutput) {
  const Recording seen = Play(Bash("echo lost; echo $? >&2"), "stdout: closed");
  EXPECT_EQ(ObjectAt(seen, "start", 1), nullptr);
  EXPECT_THAT(Errors(seen), HasSubstr("Bad file descriptor\n1\n"));
  EXPECT_THAT(seen.streams, Not(::testing::Contains(Key("submission.stdout"))));
}

TEST_P(ProgramTest, WritesIntoAFile) {
  const Recording seen = Play(Bash("echo kept"), R"(
files: {out: {text: "older and longer\n", mode: "0600"}}
stdout: {file: out}
)");
  EXPECT_EQ(seen.snapshot("end")->files.at("out").content, "kept\n");
  EXPECT_EQ(seen.snapshot("end")->files.at("out").mode, 0600u);
  EXPECT_THAT(seen.streams, Not(::testing::Contains(Key("submission.stdout"))));
}

TEST_P(ProgramTest, MayOpenItsStandardStreamsAgain) {
  const Recording seen = Play(Bash("echo out > /dev/stdout; read line < /dev/stdin; echo $line"),
                              "stdin: {text: \"in\\n\"}");
  EXPECT_EQ(Out(seen), "out\nin\n");
}

// --- Environment.

TEST_P(ProgramTest, HasAnEnvironmentOfItsOwn) {
  const Recording seen = Play({.language = "sh", .runnable = {.files = {}, .command = {"env"}}},
                              "env: {A: \"1\", B: \"{cwd}\", LANG: ca}");
  EXPECT_EQ(Out(seen),
            "A=1\nB=/lab\nHOME=/lab\nLANG=ca\n"
            "PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin\nTERM=dumb\nTZ=UTC\n");
}

// --- Hidden commands.

TEST_P(ProgramTest, MissesACommandByWhateverPath) {
  const Recording seen = Play(Bash("sort </dev/null; echo $?\n"
                                   "/usr/bin/sort </dev/null; echo $?\n"
                                   "/bin/../bin/sort </dev/null; echo $?\n"
                                   "command -v sort; [ -e /usr/bin/sort ]; echo $?\n"
                                   "wc -l </dev/null"),
                              "hide: [sort]");
  EXPECT_EQ(Out(seen), "127\n127\n127\n1\n0\n");
  EXPECT_THAT(Errors(seen), HasSubstr("sort: command not found"));
}

TEST_P(ProgramTest, KeepsAFileOfItsOwnWithThatName) {
  const Recording seen = Play(Bash("cat /lab/sort; cat sort"), R"(
files: {sort: {text: "mine\n"}}
hide: [sort]
)");
  EXPECT_EQ(Out(seen), "mine\nmine\n");
}

}  // namespace
}  // namespace plumbline::scenario::testing
