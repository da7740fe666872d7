// SPDX-License-Identifier: MIT
// The same program gives the same recording, however busy the machine is: byte for byte in its
// canonical half where no two threads run at once, else in all but the order of what they do.

#include <algorithm>
#include <csignal>
#include <map>
#include <optional>
#include <utility>

#include "tests/scenario/playing.h"
#include "tests/support/busy_loops.h"

namespace plumbline::scenario::testing {
namespace {

// --- What no order of independent events changes.

// The canonical half, each thread's events together in their order.
std::string ByThread(const Recording& seen) {
  Recording sorted = seen;
  std::ranges::stable_sort(sorted.events, {}, [](const record::Event& event) {
    return std::pair(event.actor, event.tid.value);
  });
  return record::CanonicalJson(sorted);
}

std::string StateOf(const Recording& seen, const record::ProcessStateAt& state,
                    std::map<int, int>& objects) {
  std::string text = "  " + std::to_string(state.process) + " " + state.program + " " +
                     std::to_string(static_cast<int>(state.state));
  for (const record::Thread& thread : state.threads)
    text += thread.blocked ? " in " + thread.blocked->call : "";
  for (const auto& [fd, descriptor] : state.descriptors) {
    const record::Object* object = seen.object(descriptor.object);
    const int number =
        objects.try_emplace(descriptor.object, static_cast<int>(objects.size())).first->second;
    text += "\n    " + std::to_string(fd) + ": " + object->name + " " + std::to_string(number) +
            " " + object->role + (descriptor.readable ? " r" : "") +
            (descriptor.writable ? " w" : "");
  }
  return text + "\n";
}

std::string SnapshotsOf(const Recording& seen) {
  std::string text;
  for (const auto& [name, snapshot] : seen.snapshots) {
    text += "at " + name + "\n";
    std::map<int, int> objects;
    for (const auto& state : snapshot.processes) text += StateOf(seen, state, objects);
    for (const auto& [path, file] : snapshot.files)
      text += "  " + path + ": " + file.content + "\n";
    for (const auto& [stream, size] : snapshot.stream_sizes)
      text += "  " + stream + ": " + std::to_string(size) + "\n";
  }
  return text;
}

// Processes, their programs and ends, what was written, what snapshots hold.
std::string Essence(const Recording& seen) {
  std::string text =
      std::string(record::ToString(seen.outcome)) + " " + std::to_string(seen.status) + "\n";
  for (size_t i = 0; i < seen.processes.size(); ++i) {
    const auto index = static_cast<record::ProcessIndex>(i);
    text += std::to_string(seen.processes[i].pid.value) + " of " +
            std::to_string(seen.processes[i].parent);
    for (const auto* executed : All<record::Executed>(seen, index)) text += " " + executed->path;
    for (const auto* exited : All<record::Exited>(seen, index))
      text += " exits " + std::to_string(exited->status);
    text += "\n";
  }
  for (const auto& [name, stream] : seen.streams) text += name + ": " + stream.bytes + "\n";
  return text + SnapshotsOf(seen);
}

class SameTest : public RungTest {
 protected:
  // Two processes that only compute, while the test runs.
  void SetUp() override {
    RungTest::SetUp();
    if (IsSkipped()) return;
    loops_.emplace(2);
  }
  void TearDown() override {
    loops_.reset();
    RungTest::TearDown();
  }

  void ExpectSame(const Source& submission, const std::string& scenario,
                  std::string (*told)(const Recording&)) {
    constexpr int kRuns = 20;
    const Recording first = Play(submission, scenario);
    EXPECT_FALSE(first.error) << ::testing::PrintToString(first);
    const std::string expected = told(first);
    for (int run = 1; run < kRuns; ++run) {
      const std::string seen = told(Play(submission, scenario));
      ASSERT_TRUE(seen == expected) << "run " << run << " differs:\n"
                                    << FirstDifference(expected, seen);
    }
  }

 private:
  static std::string FirstDifference(const std::string& one, const std::string& other) {
    size_t at = 0;
    while (at < one.size() && at < other.size() && one[at] == other[at]) ++at;
    const size_t from = at - std::min<size_t>(at, 300);
    return one.substr(from, 600) + "\n--- but\n" + other.substr(from, 600);
  }

  std::optional<plumbline::testing::BusyLoops> loops_;
};
ON_EACH_RUNG(SameTest);

TEST_P(SameTest, EssenceOfAPipeline) {
  ExpectSame(Bash("cat words | sort | wc -l > count"), R"(
files: {words: {text: "b\na\n"}}
steps:
  - hold: {who: cat, before: start}
  - await: blocked
  - snapshot: running
  - release: cat
  - await: exit
)",
             Essence);
}

TEST_P(SameTest, RecordingOfAServerWithThreads) {
  ExpectSame(Python("import socket, threading\n"
                    "s = socket.socket()\n"
                    "s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)\n"
                    "s.bind(('127.0.0.1', 7))\n"
                    "s.listen()\n"
                    "def serve(c):\n"
                    "  while data := c.recv(4096): c.sendall(data)\n"
                    "  c.close()\n"
                    "while True: threading.Thread(target=serve, args=(s.accept()[0],), "
                    "daemon=True).start()\n"),
             R"(
steps:
  - await: {listening: 7}
  - connect: {as: c, port: 7, count: 3}
  - send: {to: c, text: "hello {n}\n"}
  - receive: {from: c, text: "hello {n}\n"}
  - snapshot: talking
  - shutdown: c
  - receive: {from: c, until: end}
  - await: blocked
  - snapshot: idle
  - signal: {TERM: submission}
  - await: exit
)",
             ByThread);
}

TEST_P(SameTest, RecordingOfOneThatHandlesSignals) {
  ExpectSame(Bash("n=0\n"
                  "trap 'echo got $((++n))' USR1\n"
                  "trap 'echo bye; exit 0' TERM\n"
                  "echo ready $$\n"
                  "while :; do read x; done\n"),
             R"(
stdin: open
steps:
  - await: {output: "ready {submission.pid}\n"}
  - await: asleep
  - snapshot: ready
  - signal: {USR1: submission}
  - await: {output: "got 1\n"}
  - await: asleep
  - signal: {USR1: submission}
  - await: {output: "got 2\n"}
  - await: asleep
  - signal: {TERM: submission}
  - await: exit
)",
             record::CanonicalJson);
}

}  // namespace
}  // namespace plumbline::scenario::testing
