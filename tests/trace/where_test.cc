// SPDX-License-Identifier: MIT
// Where in the source: the tracee says itself which line makes which call.
#include <algorithm>
#include <set>
#include <sstream>
#include <utility>

#include "tests/trace/harness.h"
#include "trace/where/lines.h"

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
