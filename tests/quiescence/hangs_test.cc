// SPDX-License-Identifier: MIT
// Each way to hang gets a finding of its own, with evidence that names processes, descriptors and
// objects, and a cure; in three languages.
#include <map>
#include <string>
#include <vector>

#include "evaluate/explain.h"
#include "report/translator.h"
#include "tests/quiescence/ways.h"
#include "tests/scenario/playing.h"

namespace plumbline::scenario::testing {
namespace {

using quiescence::kWays;
using quiescence::Needs;
using quiescence::Way;
using ::testing::HasSubstr;
using ::testing::Not;

class Hangs : public PlayTest {
 protected:
  Recording Run(const std::string& name, Needs needs = Needs::kNothing,
                const std::string& limits = "{}") {
    std::string scenario = "args: [" + name + "]\n";
    if (needs == Needs::kOpenInput) scenario += "stdin: open\n";
    if (needs == Needs::kTerminal) scenario += "terminal: true\n";
    return Play(Tracee("hangs"), scenario + "steps: [await: exit]", {.limits = limits});
  }

  static std::optional<evaluate::Finding> FindingOf(const Recording& seen) {
    const spec::Exercise none;
    return evaluate::FindingOfHang(evaluate::Scene(none, seen));
  }

  static std::string Told(const evaluate::Finding& finding, const std::string& lang) {
    const report::Translator translator(lang, {PLUMBLINE_LOCALE});
    std::string text = finding.code + "\n" + translator.Tell(finding.what) + "\n";
    for (const evaluate::Message& evidence : finding.evidence)
      text += translator.Tell(evidence) + "\n";
    return text + translator.Tell(finding.why) + "\n" + translator.Tell(finding.next);
  }
};
FOR_EACH_ACCOUNT(Hangs);

// What must be said of it, and what no other way is told.
const std::map<std::string_view, std::vector<std::string>>& Evidence() {
  static const std::map<std::string_view, std::vector<std::string>> evidence{
      {"end-of-file",
       {"still holds the write end of the pipe from your program to child 1 of your program, "
        "descriptor 4, made by pipe() at ",
        "hangs.c:", "Your program and child 1 of your program wait for each other.",
        "Close descriptor 4 in your program"}},
      {"own-end", {"descriptor 4, made by pipe()", "Close descriptor 4 in your program"}},
      {"poll", {"waits in poll()", "still holds the write end"}},
      {"pipe-full",
       {"which is full", "holds the read end", "A pipe holds 64 KiB.",
        "Read what has come before you write more"}},
      {"both-read", {"Decide who speaks first"}},
      {"both-hear", {"a connection that came in at 127.0.0.1:7", "has the other end, descriptor"}},
      {"fifo", {"opens the FIFO f for writing and waits until somebody opens it for reading."}},
      {"fifo-crossed", {"waits for the other end of the FIFO a.", "in the same order"}},
      {"child-full", {"waits for child 1", "Read what comes before you wait"}},
      {"child-waits", {"has the other end, descriptor", "before you wait for its end."}},
      {"child-stopped", {"is stopped (SIGSTOP)", "SIGCONT", "WUNTRACED"}},
      {"lost-signal",
       {"SIGUSR1 had already come", "Child 1 of your program (process 3) sent SIGUSR1.",
        "sigsuspend()"}},
      {"signal-blocked", {"SIGUSR1 has come, but it is blocked"}},
      {"no-signal", {"Look who should send it"}},
      {"nobody-connects", {"a client on the socket that listens on 127.0.0.1:7."}},
      {"nobody-sends", {"It is bound to 0.0.0.0:13; nothing came there."}},
      {"backlog-full",
       {"room in the queue of the socket that listens on 127.0.0.1:7.",
        "Your program (process 2) listens there, descriptor 7, and does not accept."}},
      {"mutexes-crossed",
       {"The first thread of your program (process 2) waits for a mutex.",
        "Thread 3 of your program (process 2) has locked it",
        "Thread 3 of your program (process 2) waits for a mutex.",
        "The first thread of your program (process 2) has locked it", "in the same order"}},
      {"mutex-kept",
       {"Thread 3 of your program (process 2) has locked it and has not unlocked it."}},
      {"shared-mutex", {"Child 1 of your program (process 3) has locked it"}},
      {"file-lock", {"a lock on file.", "Child 1 of your program (process 3) has locked it"}},
      {"record-lock", {"a lock on file.", "Child 1 of your program (process 3) has locked it"}},
      {"semaphore", {"waits in sem_wait() for a semaphore, which is 0."}},
      {"semaphore-set",
       {"semaphore 1 of set", "Child 1 of your program (process 3) changed it last.",
        "ended with status 0."}},
      {"condition", {"waits for a condition variable.", "in a loop with the mutex"}},
      {"thread", {"waits for thread 3 of your program (process 2) to end."}},
      {"no-message", {"waits for a message from message queue"}},
      {"queues", {"waits for a message from /other.", "waits for a message from /one."}},
      {"queue-full", {"until there is room in message queue", "Receive what has come"}},
      {"no-input", {"waits for more on its standard input"}},
      {"background", {"is stopped (SIGTTIN)", "tcsetpgrp()"}},
  };
  return evidence;
}

TEST_P(Hangs, EachWayHasItsFindingItsEvidenceAndItsCure) {
  for (const Way& way : kWays) {
    SCOPED_TRACE(way.name);
    const Recording seen = Run(std::string(way.name), way.needs);
    EXPECT_THAT(seen, Ends(Outcome::kDeadlocked));
    const auto finding = FindingOf(seen);
    ASSERT_TRUE(finding);
    EXPECT_EQ(finding->code, way.code);
    EXPECT_FALSE(finding->next.empty());
    const std::string told = Told(*finding, "en");
    for (const std::string& words : Evidence().at(way.name)) EXPECT_THAT(told, HasSubstr(words));
    for (const char* lang : {"ca", "es"}) {
      const std::string translated = Told(*finding, lang);
      EXPECT_THAT(translated, Not(HasSubstr("Nobody could go on")));
      EXPECT_THAT(translated, Not(HasSubstr(" waits ")));
    }
  }
}

TEST_P(Hangs, BusyWaitingIsToldApartFromBeingSlow) {
  const std::pair<const char*, const char*> ways[] = {
      {"busy", "busy-waiting"}, {"busy-asking", "busy-waiting"}, {"slow", "slow"}};
  for (const auto& [name, code] : ways) {
    SCOPED_TRACE(name);
    const Recording seen = Run(name, Needs::kNothing, "{cpu: 1s}");
    EXPECT_THAT(seen, Ends(Outcome::kProcessorLimit));
    const auto finding = FindingOf(seen);
    ASSERT_TRUE(finding);
    EXPECT_EQ(finding->code, code);
    EXPECT_THAT(Told(*finding, "en"), HasSubstr("our program (process 2) runs"));
  }
}

TEST_P(Hangs, OfAProgramThatEndedThereIsNone) {
  EXPECT_FALSE(FindingOf(Play(Bash("exit 3"), "steps: [await: exit]")));
}

}  // namespace
}  // namespace plumbline::scenario::testing
