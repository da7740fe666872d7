// SPDX-License-Identifier: MIT
#include "cli/seen.h"

#include <gtest/gtest.h>

#include <string>

namespace plumbline::cli {
namespace {

using record::Recording;

Recording Connected(const std::string& client, const std::string& told) {
  Recording recording;
  recording.outcome = record::Outcome::kExited;
  recording.connections["s"] = {
      .name = "s", .peer = "server", .kind = "tcp", .client = client, .server = "127.0.0.1:7000"};
  recording.streams["submission.stdout"] = {.bytes = told, .total = told.size()};
  return recording;
}

TEST(SeenOf, PortsThatTheKernelChoseAreForChance) {
  EXPECT_EQ(SeenOf(Connected("127.0.0.1:40000", "127.0.0.1:40000 -> 127.0.0.1:7000\n")),
            SeenOf(Connected("127.0.0.1:51234", "127.0.0.1:51234 -> 127.0.0.1:7000\n")));
}

TEST(SeenOf, WhichPortIsToldIsNot) {
  const std::string right =
      SeenOf(Connected("127.0.0.1:40000", "127.0.0.1:40000 -> 127.0.0.1:7000\n"));
  for (const char* wrong :
       {"127.0.0.1:40001 -> 127.0.0.1:7000\n", "127.0.0.1:7000 -> 127.0.0.1:40000\n",
        "127.0.0.1:40000 -> 127.0.0.1:7001\n", "140000\n"})
    EXPECT_NE(SeenOf(Connected("127.0.0.1:40000", wrong)), right) << wrong;
}

TEST(SeenOf, PortsAreKnownFromCallsAndSocketsToo) {
  const auto by_call = [](const std::string& port) {
    Recording recording = Connected("", port + "\n");
    recording.processes.emplace_back();
    recording.events.push_back(
        {.actor = 0,
         .what = record::Call{.name = "bind", .args = {{"addr", "127.0.0.1:" + port}}}});
    return SeenOf(recording);
  };
  EXPECT_EQ(by_call("40000"), by_call("40001"));
  EXPECT_NE(by_call("20000"), by_call("20001"));
  const auto by_socket = [](const std::string& port) {
    Recording recording = Connected("", port + "\n");
    recording.objects.push_back({.kind = record::ObjectKind::kSocket, .name = "socket"});
    recording.snapshots["end"].sockets[1].remote = "10.0.0.1:" + port;
    return SeenOf(recording);
  };
  EXPECT_EQ(by_socket("40000"), by_socket("40001"));
}

TEST(SeenOf, PortsInNamesOfFilesToo) {
  const auto stored = [](const std::string& port) {
    Recording recording = Connected("127.0.0.1:" + port, "");
    recording.snapshots["end"].files["127.0.0.1-" + port + ".log"] = {.size = 6,
                                                                      .content = port + "\n"};
    return SeenOf(recording);
  };
  EXPECT_EQ(stored("40000"), stored("60000"));
}

TEST(SeenOf, ANumberWithinAWordIsNoPort) {
  EXPECT_NE(SeenOf(Connected("127.0.0.1:40000", "c40000d\n")),
            SeenOf(Connected("127.0.0.1:40001", "c40001d\n")));
}

// A has a child, and so has its parent: whose is born first is for chance.
Recording Family(bool child_of_a_first, const std::string& told) {
  Recording recording = Connected("", told);
  recording.processes.push_back({.pid = Pid{2}, .started_as = "submission"});
  recording.processes.push_back({.pid = Pid{3}, .parent = 0});
  recording.processes.push_back({.pid = Pid{4}, .parent = child_of_a_first ? 1 : 0});
  recording.processes.push_back({.pid = Pid{5}, .parent = child_of_a_first ? 0 : 1});
  record::Snapshot& snapshot = recording.snapshots["end"];
  for (int i = 0; i < 4; ++i)
    snapshot.processes.push_back({.process = i,
                                  .parent = recording.processes[static_cast<size_t>(i)].parent,
                                  .group = recording.processes[static_cast<size_t>(i)].pid});
  return recording;
}

TEST(SeenLoosely, WhoIsFirstIsForChance) {
  const Recording one = Family(true, "root 2\nA 3\nC 4\nB 5\n");
  const Recording other = Family(false, "root 2\nB 4\nA 3\nC 5\n");
  EXPECT_NE(SeenOf(one), SeenOf(other));
  EXPECT_EQ(SeenLoosely(one), SeenLoosely(other));
}

TEST(SeenLoosely, WhatIsToldIsNot) {
  const std::string right = SeenLoosely(Family(true, "A 3\nC 4\n"));
  for (const char* wrong : {"A 3\nC 5\n", "A 3\n", "A 3\nC 4\nC 4\n", "A 3\nC 40\n"})
    EXPECT_NE(SeenLoosely(Family(true, wrong)), right) << wrong;
  Recording another_parent = Family(true, "A 3\nC 4\n");
  another_parent.snapshots["end"].processes[2].parent = 0;
  EXPECT_NE(SeenLoosely(another_parent), right);
}

TEST(SeenOf, TellsStreamsStatusAndFilesApart) {
  const Recording right = Connected("", "a\n");
  EXPECT_EQ(SeenOf(right), SeenOf(right));
  EXPECT_NE(SeenOf(Connected("", "a\na\n")), SeenOf(right));
  Recording other = right;
  other.status = 1;
  EXPECT_NE(SeenOf(other), SeenOf(right));
  other = right;
  other.snapshots["end"].files["x"] = {.mode = 0600};
  Recording another = right;
  another.snapshots["end"].files["x"] = {.mode = 0644};
  EXPECT_NE(SeenOf(other), SeenOf(another));
}

TEST(SeenOf, AMessageMayBeInAnyWords) {
  const auto says = [](const std::string& text) {
    Recording recording = Connected("", "");
    recording.streams["submission.stderr"].bytes = text;  // without a byte it is there too
    return SeenOf(recording);
  };
  EXPECT_EQ(says("no such file"), says("no such file\nno such file"));
  EXPECT_NE(says("no such file"), says(""));
}

TEST(SeenOf, InWhichCallAThreadWaitsIsForChance) {
  const auto waits = [](int tid, const std::string& call) {
    Recording recording = Connected("", "");
    recording.processes.emplace_back();
    record::ProcessStateAt process;
    process.threads.push_back({.tid = Pid{tid}});
    process.threads.back().blocked.emplace().call = call;
    recording.snapshots["end"].processes.push_back(process);
    return SeenOf(recording);
  };
  EXPECT_EQ(waits(2, "poll"), waits(3, "restart_syscall"));
}

TEST(SeenOf, HowObjectsAreNumberedIsForChance) {
  const auto numbered = [](int pipe, int socket) {
    Recording recording = Connected("", "");
    recording.header.observed = {record::Facet::kDescriptors};
    recording.objects.resize(2);
    recording.objects[static_cast<size_t>(pipe - 1)] = {.kind = record::ObjectKind::kPipe,
                                                        .name = "pipe"};
    recording.objects[static_cast<size_t>(socket - 1)] = {.kind = record::ObjectKind::kSocket,
                                                          .name = "socket"};
    recording.processes.emplace_back();
    record::ProcessStateAt process;
    process.descriptors[3].object = pipe;
    process.descriptors[4].object = socket;
    recording.snapshots["end"].processes.push_back(process);
    return SeenOf(recording);
  };
  EXPECT_EQ(numbered(1, 2), numbered(2, 1));
}

// mkstemp(3), unlink(2)
TEST(SeenOf, MadeUpNamesAreForChance) {
  const auto mapping = [](const std::string& name, bool writable) {
    Recording recording = Connected("", "");
    recording.header.observed = {record::Facet::kDescriptors, record::Facet::kMemory};
    recording.objects.push_back({.kind = record::ObjectKind::kFile, .name = name});
    recording.processes.emplace_back();
    record::ProcessStateAt process;
    process.descriptors[3].object = 1;
    process.shared.push_back({.memory = 1, .length = 4096, .writable = writable, .name = name});
    recording.snapshots["end"].processes.push_back(process);
    return SeenOf(recording);
  };
  EXPECT_EQ(mapping("/lab/a-X7q", true), mapping("/lab/a-bZ3", true));
  EXPECT_NE(mapping("/lab/a-X7q", true), mapping("/lab/a-X7q", false));
}

TEST(SeenOf, DescriptorsCountWhereTheyAreObserved) {
  const auto holding = [](int fd, bool observed) {
    Recording recording = Connected("", "");
    if (observed) recording.header.observed = {record::Facet::kDescriptors};
    recording.objects.push_back({.kind = record::ObjectKind::kPipe, .name = "pipe"});
    recording.processes.emplace_back();
    record::ProcessStateAt process;
    process.descriptors[fd].object = 1;
    process.threads.push_back({.blocked = record::Blocked{.call = "read", .fd = fd, .object = 1}});
    recording.snapshots["end"].processes.push_back(process);
    return SeenOf(recording);
  };
  EXPECT_EQ(holding(3, false), holding(4, false));
  EXPECT_NE(holding(3, true), holding(4, true));
}

}  // namespace
}  // namespace plumbline::cli
