// SPDX-License-Identifier: MIT
// What handlers do that may come at any instant: unsafe_handlers.c says itself on which line.
#include <cerrno>
#include <csignal>
#include <cstdio>

#include "tests/trace/harness.h"

namespace plumbline::trace::testing {
namespace {

using record::ErrnoChanged;
using record::UnsafeCalled;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Handlers = TraceTest;
FOR_EACH_ACCOUNT(Handlers);

// "printf@12 USR1"; "errno@14" of one that was changed.
std::vector<std::string> ToldIn(const record::Recording& recording) {
  std::vector<std::string> told;
  for (const record::Event& event : recording.events) {
    const std::string line = "@" + std::to_string(event.where ? event.where->line : 0);
    if (const auto* unsafe = std::get_if<UnsafeCalled>(&event.what))
      told.push_back(unsafe->function + line);
    if (std::holds_alternative<ErrnoChanged>(event.what)) told.push_back("errno" + line);
  }
  return told;
}

struct Seen {
  std::vector<std::string> told;
  std::string line;  // as the program says: "@12"
};

Seen See(const std::string& tracee, std::vector<std::string> arguments,
         std::set<Facet> observed = {Facet::kHandlers, Facet::kTransfers}) {
  SCOPED_TRACE(tracee + " " + arguments.front());
  TracedRun run({.observed = std::move(observed)});
  run.StartTracee(tracee, std::move(arguments));
  run.RunToEnd();
  run.tracer().TellWhere();
  const std::string output = run.Output();
  const size_t at = output.find("line ");
  const std::string line = at == std::string::npos ? "0" : output.substr(at + 5);
  return {ToldIn(run.recording()), "@" + std::to_string(std::atoi(line.c_str()))};
}

void ExpectUnsafe(const std::string& way, const std::string& function) {
  for (const char* tracee : {"unsafe_handlers", "unsafe_handlers_O2", "unsafe_handlers_static"}) {
    const Seen seen = See(tracee, {way});
    EXPECT_THAT(seen.told, ElementsAre(function + seen.line)) << tracee << " " << way;
  }
}

TEST_P(Handlers, WhatTheyMustNotCallIsToldWithTheirLine) {
  Supervised([] {
    ExpectUnsafe("printf", "printf");
    ExpectUnsafe("malloc", "malloc");
    ExpectUnsafe("nested", "puts");
  });
}

// A static program has its library in itself: of it the well-known ones are told alone.
TEST_P(Handlers, WhatIsNotWellKnownIsToldByTheCallsThatItMakes) {
  Supervised([] {
    for (const char* tracee : {"unsafe_handlers", "unsafe_handlers_O2"}) {
      const Seen real = See(tracee, {"realpath"});
      EXPECT_THAT(real.told, ElementsAre("realpath" + real.line)) << tracee;
      const Seen spawn = See(tracee, {"spawn"});
      EXPECT_THAT(spawn.told, ElementsAre("posix_spawn" + spawn.line)) << tracee;
    }
  });
}

TEST_P(Handlers, OneThatEndsTheProgram) {
  Supervised([] {
    const Seen seen = See("unsafe_handlers", {"exit"});
    ASSERT_EQ(seen.told.size(), 1u);
    EXPECT_TRUE(seen.told[0].starts_with("exit@")) << seen.told[0];
    EXPECT_NE(seen.told[0], "exit@0");
  });
}

TEST_P(Handlers, AnotherErrno) {
  Supervised([] {
    ExpectUnsafe("errno", "errno");
    EXPECT_THAT(See("unsafe_handlers", {"kept"}).told, IsEmpty());
  });
}

TEST_P(Handlers, SafeOnes) {
  Supervised([] {
    for (const char* way : {"write", "flag", "longjmp", "harmless", "fork"})
      for (const char* tracee : {"unsafe_handlers", "unsafe_handlers_O2", "unsafe_handlers_static"})
        EXPECT_THAT(See(tracee, {way}).told, IsEmpty()) << tracee << " " << way;
  });
}

// It cannot come anywhere else.
TEST_P(Handlers, OneThatComesIntoACallAloneIsFree) {
  Supervised([] {
    for (const char* call : {"sigsuspend", "ppoll"})
      for (const char* way : {"printf", "malloc", "errno"})
        EXPECT_THAT(See("unsafe_handlers", {way, call}).told, IsEmpty()) << way << " in " << call;
  });
}

// A tail call leaves nothing of the handler: the place is the handler's first line.
TEST_P(Handlers, OneThatLeavesByATailCall) {
  Supervised([] {
    const Seen seen = See("unsafe_handlers_O2", {"jump"});
    ASSERT_EQ(seen.told.size(), 1u);
    EXPECT_TRUE(seen.told[0].starts_with("puts@")) << seen.told[0];
    EXPECT_NE(seen.told[0], "puts@0");
  });
}

TEST_P(Handlers, AChildMadeInOneIsInItToo) {
  Supervised([] {
    for (const char* tracee : {"unsafe_handlers", "unsafe_handlers_static"}) {
      const Seen seen = See(tracee, {"child"});
      ASSERT_EQ(seen.told.size(), 1u);
      EXPECT_TRUE(seen.told[0].starts_with("puts@")) << seen.told[0];
    }
  });
}

TEST_P(Handlers, NobodyPaysWhoDoesNotAsk) {
  Supervised([] {
    TracedRun run({.observed = {Facet::kTransfers}});
    run.StartTracee("unsafe_handlers", {"printf"});
    run.RunToEnd();
    EXPECT_THAT(ToldIn(run.recording()), IsEmpty());
    EXPECT_EQ(run.EndOf(0)->status, 0);
  });
}

}  // namespace
}  // namespace plumbline::trace::testing
