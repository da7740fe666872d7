// SPDX-License-Identifier: MIT
// The state of all processes at one instant.
#include <csignal>

#include "tests/trace/harness.h"
#include "trace/clock/virtual_time.h"
#include "trace/snapshot.h"

namespace plumbline::trace::testing {
namespace {

using record::ProcessState;
using record::ProcessStateAt;
using record::SharedMapping;
using record::SocketState;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;
using Snapshots = TraceTest;
using SnapshotsOfMemory = TraceTest;
using SnapshotsOfSockets = TraceTest;
FOR_EACH_ACCOUNT(Snapshots);
FOR_EACH_ACCOUNT(SnapshotsOfMemory);
FOR_EACH_ACCOUNT(SnapshotsOfSockets);

TEST_P(Snapshots, StatesAndParents) {
  Supervised([] {
    TracedRun run({.observed = Everything(), .holds_at_start = [](const Process& process) {
                     return process.program == "sleep";
                   }});
    // A stopped child, a held one, and the shell, which waits for somebody to open the FIFO.
    run.StartCommand({"bash", "-c", "mkfifo f; sh -c 'kill -STOP $$; :' & sleep 1 & read x < f"});
    run.RunToRest(Rest::kBlocked);
    const record::Snapshot snapshot = run.TakeSnapshot("states");
    EXPECT_EQ(snapshot.name, "states");
    std::map<std::string, ProcessState> states;
    for (const ProcessStateAt& state : snapshot.processes) states[state.program] = state.state;
    EXPECT_EQ(states["sh"], ProcessState::kStopped);
    EXPECT_EQ(states["sleep"], ProcessState::kHeld);
    EXPECT_EQ(states["bash"], ProcessState::kAsleep);
    ASSERT_EQ(snapshot.processes.size(), 3u);
    EXPECT_EQ(snapshot.processes.at(1).parent, 0);
    EXPECT_EQ(snapshot.processes.at(0).parent, record::kGrader);
    EXPECT_EQ(snapshot.processes.at(0).executable, "/usr/bin/bash");
  });
}

TEST_P(Snapshots, Zombies) {
  Supervised([] {
    TracedRun run({.observed = Everything()});
    run.StartTracee("leaves_zombie");
    run.RunToRest(Rest::kBlocked);
    const record::Snapshot snapshot = run.TakeSnapshot();
    ASSERT_EQ(snapshot.processes.size(), 2u);
    EXPECT_EQ(snapshot.processes[1].state, ProcessState::kZombie);
    EXPECT_THAT(snapshot.processes[1].descriptors, IsEmpty());
    EXPECT_EQ(snapshot.processes[1].group.value, snapshot.processes[0].group.value);
  });
}

TEST_P(Snapshots, GroupsAndSessions) {
  Supervised([] {
    TracedRun run({.observed = Everything()});
    run.StartTracee("makes_session");
    run.RunToRest(Rest::kBlocked);
    const record::Snapshot snapshot = run.TakeSnapshot();
    ASSERT_EQ(snapshot.processes.size(), 3u);
    const auto pid = [&](size_t i) { return run.recording().processes.at(i).pid; };
    EXPECT_EQ(snapshot.processes[0].group, pid(0));
    EXPECT_EQ(snapshot.processes[1].group, pid(1));
    EXPECT_EQ(snapshot.processes[1].session, pid(1));
    EXPECT_EQ(snapshot.processes[2].group, pid(2));
    EXPECT_EQ(snapshot.processes[2].session, snapshot.processes[0].session);
    EXPECT_FALSE(snapshot.processes[0].has_terminal);
  });
}

TEST_P(Snapshots, Terminals) {
  Supervised([] {
    TracedRun run({.observed = Everything(), .on_terminal = true});
    run.StartTracee("poll_forever");
    run.RunToRest(Rest::kBlocked);
    const record::Snapshot snapshot = run.TakeSnapshot();
    EXPECT_TRUE(snapshot.processes.at(0).has_terminal);
    EXPECT_TRUE(snapshot.processes.at(0).in_foreground);
    const auto& input = snapshot.processes.at(0).descriptors.at(0);
    EXPECT_EQ(run.recording().object(input.object)->kind, record::ObjectKind::kTerminal);
  });
}

TEST_P(Snapshots, Signals) {
  Supervised([] {
    TracedRun run({.observed = Everything()});
    run.StartTracee("sets_signals");
    run.RunToRest(Rest::kBlocked);
    const record::Snapshot snapshot = run.TakeSnapshot();
    const ProcessStateAt& state = snapshot.processes.at(0);
    EXPECT_THAT(state.caught, ElementsAre(SIGUSR1));
    EXPECT_THAT(state.ignored, ElementsAre(SIGPIPE));
    const record::Thread& thread = state.threads.at(0);
    // The kernel lets through what sigwait() waits for; that is in blocked->signals.
    EXPECT_THAT(thread.blocked_signals, ElementsAre(SIGINT, SIGUSR2));
    EXPECT_THAT(thread.pending_signals, ElementsAre(SIGUSR2));
    EXPECT_EQ(thread.blocked->call, "rt_sigtimedwait");
    EXPECT_THAT(thread.blocked->signals, ElementsAre(SIGTERM));
    ASSERT_TRUE(run.tracer().Signal(run.tracer().process(0), SIGTERM).has_value());
    run.RunToRest(Rest::kBlocked);
    // sigsuspend() with a mask that lets SIGINT alone through: all others of it would not end it.
    const record::Snapshot later = run.TakeSnapshot("later");
    EXPECT_EQ(later.processes.at(0).threads.at(0).blocked->call, "rt_sigsuspend");
    EXPECT_THAT(later.processes.at(0).threads.at(0).blocked->signals, ::testing::Contains(SIGINT));
    EXPECT_THAT(later.processes.at(0).threads.at(0).blocked->signals,
                ::testing::Not(::testing::Contains(SIGUSR2)));
  });
}

// What the first thread of the first process waits for.
std::optional<record::Awaited> AwaitedIn(const std::string& way) {
  TracedRun run({.observed = Everything()});
  run.StartTracee("hangs", {way});
  run.RunToRest(Rest::kBlocked);
  const record::Snapshot snapshot = run.TakeSnapshot();
  const auto& blocked = snapshot.processes.at(0).threads.at(0).blocked;
  return blocked ? blocked->awaits : std::nullopt;
}

TEST_P(Snapshots, WhatBlockedCallsAreAbout) {
  using record::HeldBy;
  using record::Thing;
  Supervised([] {
    const auto fifo = AwaitedIn("fifo");
    ASSERT_TRUE(fifo);
    EXPECT_EQ(fifo->thing, Thing::kFifo);
    EXPECT_EQ(fifo->name, "/lab/f");
    EXPECT_TRUE(fifo->writes);
    const auto poll = AwaitedIn("poll");
    ASSERT_TRUE(poll);
    ASSERT_EQ(poll->asked.size(), 1u);
    EXPECT_EQ(poll->asked[0].fd, 3);
    EXPECT_TRUE(poll->asked[0].reads);
    EXPECT_FALSE(poll->asked[0].writes);
    const auto set = AwaitedIn("semaphore-set");
    ASSERT_TRUE(set);
    EXPECT_EQ(set->thing, Thing::kSemaphoreSet);
    EXPECT_EQ(set->number, 1);
    for (const char* way : {"file-lock", "record-lock"}) {
      const auto lock = AwaitedIn(way);
      ASSERT_TRUE(lock) << way;
      EXPECT_EQ(lock->thing, Thing::kFileLock);
      EXPECT_THAT(lock->by, ElementsAre(HeldBy{1, Pid{}})) << way;
    }
  });
}

TEST_P(Snapshots, WhatAFutexIs) {
  using record::HeldBy;
  using record::Thing;
  Supervised([] {
    const auto kept = AwaitedIn("mutex-kept");
    ASSERT_TRUE(kept);
    EXPECT_EQ(kept->thing, Thing::kMutex);
    EXPECT_EQ(kept->memory, 0);
    EXPECT_THAT(kept->by, ElementsAre(HeldBy{0, Pid{3}}));
    const auto shared = AwaitedIn("shared-mutex");
    ASSERT_TRUE(shared);
    EXPECT_GT(shared->memory, 0);
    EXPECT_THAT(shared->by, ElementsAre(HeldBy{1, Pid{3}}));
    const auto semaphore = AwaitedIn("semaphore");
    ASSERT_TRUE(semaphore);
    EXPECT_EQ(semaphore->thing, Thing::kSemaphore);
    EXPECT_GT(semaphore->offset, 0u);
    const auto condition = AwaitedIn("condition");
    ASSERT_TRUE(condition);
    EXPECT_EQ(condition->thing, Thing::kCondition);
    const auto thread = AwaitedIn("thread");
    ASSERT_TRUE(thread);
    EXPECT_EQ(thread->thing, Thing::kThread);
    EXPECT_THAT(thread->by, ElementsAre(HeldBy{0, Pid{3}}));
  });
}

TEST_P(Snapshots, CallsThatThreadsAreBlockedIn) {
  Supervised([] {
    TracedRun run({.observed = Everything()});
    run.StartTracee("token_ring", {"pipe", "2", "0"});
    run.RunToRest(Rest::kBlocked);
    const record::Snapshot snapshot = run.TakeSnapshot();
    for (const ProcessStateAt& state : snapshot.processes) {
      const auto& blocked = state.threads.at(0).blocked;
      ASSERT_TRUE(blocked.has_value());
      EXPECT_EQ(blocked->call, "read");
      EXPECT_EQ(blocked->fd, state.process == 0 ? 3 : 5);
      EXPECT_EQ(blocked->object, state.descriptors.at(blocked->fd).object);
      EXPECT_EQ(blocked->args.at(2), 8u);
    }
  });
}

TEST_P(Snapshots, AreEventsAndCountThoseBefore) {
  Supervised([] {
    TracedRun run;
    run.StartTracee("poll_forever");
    run.RunToRest(Rest::kBlocked);
    run.tracer().time().JumpTo(std::chrono::seconds(5));
    const record::Snapshot snapshot = run.TakeSnapshot("x");
    EXPECT_EQ(run.Story().back(), "-1 snapshot x");
    EXPECT_EQ(snapshot.event, static_cast<int>(run.recording().events.size()) - 1);
    EXPECT_EQ(snapshot.time, std::chrono::seconds(5));
  });
}

TEST_P(Snapshots, Usage) {
  Supervised([] {
    TracedRun run;
    run.StartTracee("holds_descriptors");
    run.RunToRest(Rest::kBlocked);
    const auto usage = UsageNow(run.tracer());
    EXPECT_EQ(usage.at(0).descriptors, 16u);
    EXPECT_GT(usage.at(0).memory, 100'000u);
    EXPECT_GT(usage.at(0).processor, Duration{});
  });
}

TEST_P(SnapshotsOfMemory, SharedMappings) {
  Supervised([] {
    TracedRun run({.observed = Everything()});
    run.StartTracee("shares_memory");
    run.RunToRest(Rest::kBlocked);
    const record::Snapshot snapshot = run.TakeSnapshot();
    ASSERT_EQ(snapshot.processes.size(), 2u);
    EXPECT_THAT(snapshot.processes[0].shared,
                ::testing::UnorderedElementsAreArray(snapshot.processes[1].shared));
    std::map<std::string, SharedMapping> by_name;
    std::set<int> memories;
    for (const SharedMapping& mapping : snapshot.processes[0].shared) {
      by_name[mapping.name] = mapping;
      memories.insert(mapping.memory);
    }
    EXPECT_EQ(memories.size(), 5u);
    std::vector<std::string> names;
    for (const auto& [name, mapping] : by_name) names.push_back(name);
    EXPECT_THAT(names, ElementsAre("", "/dev/shm/named", "/lab/file", "/memfd:nameless", "SYSV"));
    EXPECT_TRUE(by_name[""].writable);
    EXPECT_FALSE(by_name["/memfd:nameless"].writable);
    EXPECT_EQ(by_name["/dev/shm/named"].length, 4096u);
  });
}

TEST_P(SnapshotsOfMemory, ChangesOfTheContentShow) {
  Supervised([] {
    TracedRun run({.observed = Everything()});
    run.StartTracee("shares_memory");
    run.RunToRest(Rest::kBlocked);
    const record::Snapshot before = run.TakeSnapshot("before");
    EXPECT_EQ(before.memory_hashes.size(), 5u);
    ASSERT_TRUE(run.tracer().Signal(run.tracer().process(1), SIGUSR1).has_value());
    run.RunToRest(Rest::kBlocked);
    const record::Snapshot after = run.TakeSnapshot("after");
    std::vector<int> changed;
    for (const auto& [memory, hash] : before.memory_hashes) {
      if (after.memory_hashes.at(memory) != hash) changed.push_back(memory);
    }
    ASSERT_EQ(changed.size(), 1u);
    for (const SharedMapping& mapping : after.processes.at(0).shared)
      EXPECT_EQ(mapping.memory == changed[0], mapping.name.empty());
  });
}

TEST_P(SnapshotsOfMemory, CallsThatMakeIpcObjects) {
  Supervised([] {
    TracedRun run({.observed = Everything()});
    run.StartTracee("makes_ipc");
    run.RunToRest(Rest::kBlocked);
    const auto args = [&](const char* name) {
      std::string text;
      const auto calls = run.Calls(name, 0);
      if (calls.empty()) return std::string("none");
      for (const auto& [key, value] : calls[0]->args) text += (text.empty() ? "" : ", ") + value;
      return text;
    };
    EXPECT_EQ(args("shmget"), "0x11, 4096, IPC_CREAT|0600");
    EXPECT_EQ(args("msgget"), "0x12, IPC_CREAT|IPC_EXCL|0600");
    EXPECT_EQ(args("semget"), "0x13, 2, IPC_CREAT|0600");
    EXPECT_EQ(args("semtimedop"), "0, [1: -1 SEM_UNDO], 1, NULL");
    EXPECT_EQ(args("semctl"), "0, 1, SETVAL");
    EXPECT_EQ(args("mq_open"), "queue, O_RDWR|O_CREAT, 0600");
    const record::Snapshot snapshot = run.TakeSnapshot();
    EXPECT_EQ(snapshot.processes.at(0).threads.at(0).blocked->call, "semtimedop");
    EXPECT_EQ(run.box().ListIpc()->size(), 6u);
  });
}

const SocketState& SocketAt(const record::Snapshot& snapshot, size_t process, int fd) {
  return snapshot.sockets.at(snapshot.processes.at(process).descriptors.at(fd).object);
}

TEST_P(SnapshotsOfSockets, OfTheInternet) {
  Supervised([] {
    TracedRun run({.observed = Everything()});
    run.StartTracee("tcp_talk", {"keep"});
    run.RunToRest(Rest::kBlocked);
    const record::Snapshot snapshot = run.TakeSnapshot();
    const SocketState& listener = SocketAt(snapshot, 0, 3);
    EXPECT_EQ(listener.family, "inet");
    EXPECT_EQ(listener.type, "stream");
    EXPECT_EQ(listener.local, "127.0.0.1:7");
    EXPECT_TRUE(listener.listening);
    EXPECT_EQ(listener.state, "LISTEN");
    const SocketState& accepted = SocketAt(snapshot, 0, 6);
    const SocketState& client = SocketAt(snapshot, 1, 3);
    EXPECT_EQ(accepted.state, "ESTABLISHED");
    EXPECT_EQ(accepted.unread, 2u);
    EXPECT_EQ(accepted.remote, client.local);
    EXPECT_EQ(client.remote, "127.0.0.1:7");
    EXPECT_TRUE(snapshot.processes.at(0).descriptors.at(6).close_on_exec);
  });
}

TEST_P(SnapshotsOfSockets, OfTheFileSystemAndAbstract) {
  Supervised([] {
    TracedRun run({.observed = Everything()});
    run.StartTracee("unix_talk");
    run.RunToRest(Rest::kBlocked);
    const record::Snapshot snapshot = run.TakeSnapshot();
    const SocketState& listener = SocketAt(snapshot, 0, 3);
    EXPECT_EQ(listener.family, "unix");
    EXPECT_EQ(listener.local, "/lab/S");
    EXPECT_TRUE(listener.listening);
    EXPECT_EQ(SocketAt(snapshot, 0, 4).local, "@hidden");
    EXPECT_EQ(SocketAt(snapshot, 0, 5).local, "/lab/S");
    EXPECT_FALSE(SocketAt(snapshot, 0, 5).listening);
    EXPECT_EQ(SocketAt(snapshot, 1, 5).local, "");
  });
}

TEST_P(SnapshotsOfSockets, CallsOnThem) {
  Supervised([] {
    TracedRun run({.observed = Everything()});
    run.StartTracee("tcp_talk", {"shutdown"});
    run.RunToEnd();
    EXPECT_EQ(run.Output(), "2  0\n");
    EXPECT_EQ(run.Calls("bind", 0).at(0)->args.at(1).second, "127.0.0.1:7");
    EXPECT_EQ(run.Calls("listen", 0).at(0)->args.at(1).second, "5");
    EXPECT_EQ(run.Calls("setsockopt", 0).at(0)->args.at(2).second, "SO_REUSEADDR");
    EXPECT_EQ(run.Calls("connect", 1).at(0)->args.at(1).second, "127.0.0.1:7");
    EXPECT_EQ(run.Calls("accept4", 0).at(0)->args.at(3).second, "O_CLOEXEC");
    EXPECT_EQ(run.Calls("shutdown", 1).at(0)->args.at(1).second, "SHUT_WR");
    EXPECT_TRUE(run.tracer().used_internet());
    EXPECT_TRUE(run.tracer().asked_for_socket());
  });
}

// Also where nothing is observed, and of whatever family.
TEST_P(SnapshotsOfSockets, ThatOneWasAskedForIsKnown) {
  Supervised([] {
    TracedRun with({.observed = {}});
    with.StartTracee("passes_descriptor");
    EXPECT_TRUE(with.Run().has_value());
    EXPECT_TRUE(with.tracer().asked_for_socket());
    EXPECT_FALSE(with.tracer().used_internet());
    TracedRun without({.observed = {}});
    without.StartTracee("orphan");
    without.RunToEnd();
    EXPECT_FALSE(without.tracer().asked_for_socket());
  });
}

TEST_P(SnapshotsOfSockets, AResetIsAFailedRead) {
  Supervised([] {
    TracedRun run({.observed = Everything()});
    run.StartTracee("tcp_talk", {"reset"});
    run.RunToEnd();
    EXPECT_EQ(run.Output(), "2  -1\n");
    EXPECT_EQ(run.Calls("read", 0).at(0)->error, ECONNRESET);
  });
}

}  // namespace
}  // namespace plumbline::trace::testing
