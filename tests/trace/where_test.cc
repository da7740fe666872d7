// SPDX-License-Identifier: MIT
// Where in the source: the tracee says itself which line makes which call.
#include <signal.h>
#include <unistd.h>

#include <set>
#include <sstream>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/trace/harness.h"
#include "trace/where/lines.h"
#include "trace/where/python.h"

namespace plumbline::trace::testing {
namespace {

using record::Location;
using ::testing::Contains;
using ::testing::IsSupersetOf;
using Where = TraceTest;
FOR_EACH_ACCOUNT(Where);

// A call and its line.
using Claim = std::pair<std::string, int>;

std::set<Claim> ClaimsIn(const std::string& output) {
  std::set<Claim> claims;
  std::istringstream lines(output);
  Claim claim;
  while (lines >> claim.first >> claim.second) claims.insert(claim);
  return claims;
}

std::string WordOf(const record::Event& event) {
  if (const auto* call = std::get_if<record::Call>(&event.what)) return call->name;
  if (const auto* sent = std::get_if<record::SignalSent>(&event.what)) return sent->call;
  if (const auto* transfer = std::get_if<record::Transfer>(&event.what)) return transfer->call;
  if (std::holds_alternative<record::ThreadBorn>(event.what)) return "thread";
  if (std::holds_alternative<record::Executed>(event.what)) return "execve";
  if (const auto* born = std::get_if<record::Born>(&event.what))
    return born->how == record::Born::How::kVfork ? "vfork" : "fork";
  return Told(event);
}

std::set<Claim> LocatedIn(const record::Recording& recording) {
  std::set<Claim> located;
  for (const record::Event& event : recording.events) {
    if (event.where) located.emplace(WordOf(event), event.where->line);
  }
  return located;
}

std::set<int> LinesOf(const std::set<Claim>& claims) {
  std::set<int> lines;
  for (const Claim& claim : claims) lines.insert(claim.second);
  return lines;
}

void ExpectWhatTheProgramSays(const std::string& tracee) {
  SCOPED_TRACE(tracee);
  TracedRun run({.observed = Everything()});
  run.StartTracee(tracee);
  run.RunToRest(Rest::kBlocked);
  const record::Snapshot snapshot = run.TakeSnapshot("here");
  run.tracer().TellWhere();
  const std::set<Claim> claims = ClaimsIn(run.Output());
  ASSERT_FALSE(claims.empty());
  const std::set<Claim> located = LocatedIn(run.recording());
  std::set<Claim> expected = claims;
  // It waits in its last call, which is not told before it ends.
  std::erase_if(expected, [](const Claim& claim) { return claim.first == "read"; });
  EXPECT_THAT(located, IsSupersetOf(expected));
  EXPECT_THAT(LinesOf(claims), IsSupersetOf(LinesOf(located)));
}

TEST_P(Where, EachCallHasItsLine) {
  Supervised([] { ExpectWhatTheProgramSays("locations"); });
}

TEST_P(Where, AlsoAsOthersCompile) {
  Supervised([] {
    for (const char* flavour : {"O0", "O2", "dwarf4", "frames"})
      ExpectWhatTheProgramSays(std::string("locations_") + flavour);
  });
}

TEST_P(Where, OfFunctionsThatLeaveByACall) {
  Supervised([] { ExpectWhatTheProgramSays("tail_calls"); });
}

TEST_P(Where, AlsoInAStaticProgram) {
  Supervised([] { ExpectWhatTheProgramSays("locations_static"); });
}

TEST_P(Where, NamesFileAndFunction) {
  Supervised([] {
    TracedRun run({.observed = Everything()});
    run.StartTracee("locations");
    run.RunToRest(Rest::kBlocked);
    run.tracer().TellWhere();
    std::set<std::pair<std::string, std::string>> functions;
    for (const record::Event& event : run.recording().events) {
      if (!event.where) continue;
      EXPECT_EQ(event.where->file, "locations.c");
      functions.emplace(WordOf(event), event.where->function);
    }
    EXPECT_THAT(functions,
                IsSupersetOf({std::pair("pipe2", "main"), std::pair("dup", "handle"),
                              std::pair("dup2", "in_child"), std::pair("epoll_create1", "thread"),
                              std::pair("vfork", "spawn")}));
  });
}

TEST_P(Where, NothingWithoutDebugInformation) {
  Supervised([] {
    for (const char* tracee : {"locations_no_g", "locations_stripped"}) {
      SCOPED_TRACE(tracee);
      TracedRun run({.observed = Everything()});
      run.StartTracee(tracee);
      run.RunToRest(Rest::kBlocked);
      run.tracer().TellWhere();
      EXPECT_THAT(LocatedIn(run.recording()), ::testing::IsEmpty());
    }
  });
}

TEST_P(Where, AThreadWaits) {
  Supervised([] {
    TracedRun run({.observed = Everything()});
    run.StartTracee("locations");
    run.RunToRest(Rest::kBlocked);
    run.journal().recording().snapshots["here"] = run.TakeSnapshot("here");
    run.tracer().TellWhere();
    const auto& processes = run.recording().snapshots.at("here").processes;
    ASSERT_EQ(processes.size(), 1U);
    const auto& blocked = processes[0].threads.at(0).blocked;
    ASSERT_TRUE(blocked && blocked->where);
    EXPECT_EQ(blocked->call, "read");
    EXPECT_THAT(ClaimsIn(run.Output()), Contains(Claim("read", blocked->where->line)));
  });
}

// The machine's own programs have no lines, whatever debug information is installed.
TEST_P(Where, NothingOfTheSystemsPrograms) {
  Supervised([] {
    TracedRun run({.observed = Everything()});
    run.StartCommand({"sh", "-c", "echo a | cat"});
    run.RunToEnd();
    run.tracer().TellWhere();
    EXPECT_THAT(LocatedIn(run.recording()), ::testing::IsEmpty());
  });
}

record::Exited EndOfCrash(const std::string& tracee, const std::string& how,
                          std::vector<int>& expected, TracedRun& run) {
  run.StartTracee(tracee, {how});
  run.RunToEnd();
  run.tracer().TellWhere();
  std::istringstream lines(run.Output());
  for (int line = 0; lines >> line;) expected.push_back(line);
  const record::Exited* end = run.EndOf(0);
  return end == nullptr ? record::Exited{} : *end;
}

void ExpectCrash(const std::string& tracee, const std::string& how, int signal,
                 const std::string& address) {
  SCOPED_TRACE(tracee + " " + how);
  TracedRun run({.observed = Everything()});
  std::vector<int> expected;
  const record::Exited end = EndOfCrash(tracee, how, expected, run);
  EXPECT_EQ(end.killed_by, signal);
  EXPECT_EQ(end.address, address);
  std::vector<int> lines;
  for (const Location& call : end.stack) lines.push_back(call.line);
  ASSERT_FALSE(expected.empty());
  EXPECT_EQ(lines, expected);
}

TEST_P(Where, ACrashHasItsStack) {
  Supervised([] {
    for (const char* tracee : {"crashes", "crashes_static"}) {
      ExpectCrash(tracee, "null", SIGSEGV, "0x0");
      ExpectCrash(tracee, "wild", SIGSEGV, "");
      ExpectCrash(tracee, "call", SIGSEGV, "0x0");
      ExpectCrash(tracee, "abort", SIGABRT, "");
      ExpectCrash(tracee, "handler", SIGABRT, "");
    }
  });
}

TEST_P(Where, AStackThatGrewWithoutEndIsCut) {
  Supervised([] {
    TracedRun run({.observed = Everything()});
    std::vector<int> said;
    const record::Exited end = EndOfCrash("crashes", "overflow", said, run);
    EXPECT_EQ(end.killed_by, SIGSEGV);
    ASSERT_FALSE(end.stack.empty());
    EXPECT_LT(end.stack.size(), 100U);
    for (const Location& call : end.stack) EXPECT_EQ(call.function, "deeper");
    EXPECT_TRUE(run.recording().machine.faults.contains(0));
  });
}

TEST_P(Where, WhoIsKilledDidNotCrash) {
  Supervised([] {
    TracedRun run({.observed = Everything()});
    run.StartTracee("locations");
    run.RunToRest(Rest::kBlocked);
    ASSERT_TRUE(run.tracer().Signal(run.tracer().process(0), SIGKILL));
    run.RunToEnd();
    run.tracer().TellWhere();
    const record::Exited* end = run.EndOf(0);
    ASSERT_NE(end, nullptr);
    EXPECT_THAT(end->stack, ::testing::IsEmpty());
  });
}

// A script says where it makes a call by a comment: "# at: dup2 wait4".
std::set<Claim> ClaimsOfScript(const std::string& script) {
  std::set<Claim> claims;
  std::istringstream lines(script);
  int number = 1;
  for (std::string line; std::getline(lines, line); ++number) {
    constexpr std::string_view kMark = "# at:";
    const size_t mark = line.find(kMark);
    if (mark == std::string::npos) continue;
    std::istringstream words(line.substr(mark + kMark.size()));
    for (std::string word; words >> word;) claims.emplace(word, number);
  }
  return claims;
}

// Of the script's own processes; a program that one executes has no lines.
void ExpectWhatTheScriptSays(const std::string& interpreter, const std::string& script) {
  TracedRun run({.observed = Everything()});
  const sandbox::FileToMake file{.path = "/program/script", .content = script, .mode = 0644};
  ASSERT_TRUE(run.box().PutFiles({&file, 1}));
  run.StartCommand({interpreter, "/program/script"});
  run.RunToEnd();
  run.tracer().TellWhere();
  const std::set<Claim> claims = ClaimsOfScript(script);
  const std::set<Claim> located = LocatedIn(run.recording());
  EXPECT_THAT(located, IsSupersetOf(claims)) << run.Errors();
  EXPECT_THAT(LinesOf(claims), IsSupersetOf(LinesOf(located)));
}

bool DistributionHasPython311() { return ::access("/usr/bin/python3.11", X_OK) == 0; }

TEST_P(Where, OfAPythonProgram) {
  if (!DistributionHasPython311()) GTEST_SKIP() << "needs: Python 3.11";
  Supervised([] {
    ExpectWhatTheScriptSays("/usr/bin/python3",
                            R"(import os, signal, subprocess, threading  # at: openat

def handler(number, frame):
    os.close(os.dup(0))  # at: fcntl close

def work():
    os.close(os.open("/dev/null", os.O_RDONLY))  # at: openat close

class Filosofía:
    def cançó(self):
        return os.pipe()  # at: pipe2

signal.signal(signal.SIGUSR1, handler)  # at: rt_sigaction
os.kill(os.getpid(), signal.SIGUSR1)  # at: kill
ends = Filosofía().cançó()
if os.fork() == 0:  # at: fork
    os.dup2(  # at: dup2
        ends[1],
        7)
    os.execv("/usr/bin/true", ["true"])  # at: execve
os.wait()  # at: wait4
subprocess.run(["true"])  # at: vfork wait4 close
thread = threading.Thread(target=work)
thread.start()  # at: thread
thread.join()
for end in (
        0,
        1):
    os.close(  # at: close
        ends[end])
os.dup2(0, 9)  # at: dup2
)");
  });
}

TEST_P(Where, OfABashScript) {
  Supervised([] {
    ExpectWhatTheScriptSays("/usr/bin/bash", R"(
f() {
  cat < /dev/null  # at: fork openat execve wait4
}
trap 'echo got' USR1  # at: rt_sigaction
kill -USR1 $$  # at: kill
echo a | cat > /dev/null  # at: fork pipe2 openat execve wait4
true |  # at: fork
  cat  # at: fork wait4
f
for i in 1 2; do
  cat /dev/null  # at: fork execve wait4
  exec 4< /dev/null  # at: openat dup2
  exec 4<&-  # at: close
done
x=$(cat /dev/null)  # at: fork pipe2 wait4
cat /dev/null &  # at: fork
wait  # at: wait4
)");
  });
}

// Lines of text that is no file of its own are not the script's.
TEST_P(Where, NothingOfTextThatAScriptMakes) {
  Supervised([] {
    ExpectWhatTheScriptSays("/usr/bin/bash", R"(
printf 'cat /dev/null\nexec 5< /dev/null\n' > part  # at: openat
. ./part  # at: openat
eval 'exec 6< /dev/null'
)");
    if (DistributionHasPython311())
      ExpectWhatTheScriptSays("/usr/bin/python3", R"py(import os
exec("import os\n\nos.pipe()")  # at: pipe2
os.pipe()  # at: pipe2
)py");
  });
}

TEST_P(Where, NothingOfAPythonThatIsNotKnown) {
  Supervised([] {
    TracedRun run({.observed = Everything()});
    run.StartCommand({"/usr/bin/perl", "-e", "pipe(A, B)"});
    run.RunToEnd();
    run.tracer().TellWhere();
    EXPECT_THAT(LocatedIn(run.recording()), ::testing::IsEmpty());
  });
}

// The table that 3.11 makes of
//   def f(a):
//       b = 1
//       return g(
//           a)
TEST(PythonLine, FollowsTheTable) {
  const std::string table(
      "\x80\x00\xd8\x08\x09\x80\x41\xdd\x0b\x0c\xd8\x08\x09\xf1\x03\x01\x0c\x0b\xf4\x00\x01\x0c\x0b"
      "\xf0\x00\x01\x05\x0b",
      28);
  const auto line = [&](int64_t offset) { return where::PythonLine(table, 1, offset); };
  EXPECT_EQ(line(0), 1);
  EXPECT_EQ(line(4), 2);
  EXPECT_EQ(line(6), 3);
  EXPECT_EQ(line(18), 4);
  EXPECT_EQ(line(24), 3);
  EXPECT_EQ(line(34), 3);
  EXPECT_EQ(line(36), std::nullopt);
  EXPECT_EQ(line(-1), std::nullopt);
}

TEST(PythonLine, IsNothingWhereTheCompilerHadNone) {
  EXPECT_EQ(where::PythonLine(std::string("\xf8\xd0\x00\x00", 4), 7, 0), std::nullopt);
  EXPECT_EQ(where::PythonLine(std::string("\xf8\xd0\x00\x00", 4), 7, 2), 7);
  EXPECT_EQ(where::PythonLine("", 7, 0), std::nullopt);
  EXPECT_EQ(where::PythonLine("\xe8", 7, 0), 7);
}

TEST(SourceName, IsWhatWasHandedIn) {
  EXPECT_EQ(where::SourceName("./main.c", "."), "main.c");
  EXPECT_EQ(where::SourceName("main.c", ""), "main.c");
  EXPECT_EQ(where::SourceName("./src/../lib/pipe.c", "."), "lib/pipe.c");
  EXPECT_EQ(where::SourceName("/program/main.c", "/"), "main.c");
  EXPECT_EQ(where::SourceName("/lab/src/main.c", "/lab"), "src/main.c");
  EXPECT_EQ(where::SourceName("/home/ada/lab/main.c", "/home/ada/lab"), "main.c");
  EXPECT_EQ(where::SourceName("/home/ada/lab/main.c", "/home/ada/lab/build"),
            "/home/ada/lab/main.c");
  EXPECT_EQ(where::SourceName("../main.c", "/home/ada/lab/build"), "/home/ada/lab/main.c");
}

TEST(SourceName, IsNothingForTheSystems) {
  EXPECT_EQ(where::SourceName("/usr/include/c++/12/bits/stl_vector.h", "/"), std::nullopt);
  EXPECT_EQ(where::SourceName("../sysdeps/unix/syscall.c", "."), std::nullopt);
  EXPECT_EQ(where::SourceName("/build/glibc/csu/init.c", "/build/glibc"), std::nullopt);
  EXPECT_EQ(where::SourceName("../csu/libc-start.c", "/build/glibc/elf"), std::nullopt);
  EXPECT_EQ(where::SourceName("", "."), std::nullopt);
  EXPECT_EQ(where::SourceName("", "/home/ada"), std::nullopt);
}

}  // namespace
}  // namespace plumbline::trace::testing
