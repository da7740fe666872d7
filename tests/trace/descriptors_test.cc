// SPDX-License-Identifier: MIT
// Descriptors: made, copied, closed, kept over exec, passed on; and as snapshots see them.
#include "tests/trace/harness.h"

namespace plumbline::trace::testing {
namespace {

using record::Call;
using record::Descriptor;
using record::ObjectKind;
using ::testing::ElementsAre;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;
using Descriptors = TraceTest;
FOR_EACH_ACCOUNT(Descriptors);

std::vector<int> NumbersOf(const record::ProcessStateAt& state) {
  std::vector<int> numbers;
  for (const auto& [fd, descriptor] : state.descriptors) numbers.push_back(fd);
  return numbers;
}

class Held {
 public:
  Held(const TracedRun& run, const record::ProcessStateAt& state) : run_(run), state_(state) {}
  const Descriptor& operator[](int fd) const { return state_.descriptors.at(fd); }
  const record::Object& Object(int fd) const {
    return *run_.recording().object((*this)[fd].object);
  }
  std::pair<ObjectKind, std::string> What(int fd) const {
    return {Object(fd).kind, Object(fd).name};
  }

 private:
  const TracedRun& run_;
  const record::ProcessStateAt& state_;
};

TEST_P(Descriptors, AsASnapshotSeesThem) {
  Supervised([] {
    TracedRun run({.observed = Everything()});
    run.StartTracee("holds_descriptors");
    run.RunToRest(Rest::kBlocked);
    const record::Snapshot snapshot = run.TakeSnapshot();
    const Held held(run, snapshot.processes.at(0));
    EXPECT_THAT(NumbersOf(snapshot.processes.at(0)),
                ElementsAre(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 20));
    EXPECT_THAT(held.What(0), Pair(ObjectKind::kNull, "/dev/null"));
    EXPECT_THAT(held.What(3), Pair(ObjectKind::kPipe, "pipe"));
    EXPECT_THAT(held.What(5), Pair(ObjectKind::kFile, "/lab/file"));
    EXPECT_THAT(held.What(6), Pair(ObjectKind::kSocket, "socket"));
    EXPECT_THAT(held.What(8), Pair(ObjectKind::kOther, "anon_inode:[eventfd]"));
    EXPECT_THAT(held.What(11), Pair(ObjectKind::kOther, "anon_inode:[eventpoll]"));
    EXPECT_THAT(held.What(12), Pair(ObjectKind::kDirectory, "/lab"));

    const int pipe = held[3].object;
    EXPECT_EQ(held[3], (Descriptor{.object = pipe, .readable = true}));
    EXPECT_EQ(held[4], (Descriptor{.object = pipe, .writable = true}));
    EXPECT_EQ(held[10], held[4]);
    EXPECT_EQ(held[20], (Descriptor{.object = pipe, .readable = true, .close_on_exec = true}));
    EXPECT_EQ(held[5], (Descriptor{.object = held[5].object,
                                   .writable = true,
                                   .append = true,
                                   .close_on_exec = true,
                                   .offset = 3}));
    EXPECT_EQ(
        held[6],
        (Descriptor{
            .object = held[6].object, .readable = true, .writable = true, .nonblocking = true}));
    EXPECT_NE(held[6].object, held[7].object);
    // Each its own, though the kernel gives them one inode.
    EXPECT_NE(held[8].object, held[9].object);
    EXPECT_TRUE(held[13].readable && held[13].writable);
    EXPECT_EQ(held[13].object, held[0].object);
    // The same file, after it was unlinked too; but not to be read or written.
    EXPECT_EQ(held[14], (Descriptor{.object = held[5].object}));
  });
}

TEST_P(Descriptors, ClosedInRanges) {
  Supervised([] {
    TracedRun run({.observed = Everything()});
    run.StartTracee("holds_descriptors");
    run.RunToRest(Rest::kBlocked);
    const record::Snapshot snapshot = run.TakeSnapshot();
    const auto& child = snapshot.processes.at(1);
    EXPECT_THAT(NumbersOf(child), ElementsAre(0, 1, 2, 3, 5, 6, 7, 8, 9, 20));
    EXPECT_TRUE(child.descriptors.at(3).close_on_exec);
    EXPECT_EQ(child.descriptors.at(9).object, snapshot.processes.at(0).descriptors.at(9).object);
    const auto ranges = run.Calls("close_range", 1);
    ASSERT_EQ(ranges.size(), 2u);
    EXPECT_THAT(ranges[0]->args,
                ElementsAre(Pair("first", "10"), Pair("last", "14"), Pair("flags", "0x0")));
    const auto closed = run.Calls("close", 1);
    ASSERT_EQ(closed.size(), 1u);
    EXPECT_EQ(closed[0]->object, child.descriptors.at(3).object);
  });
}

TEST_P(Descriptors, CallsSayWhatTheyMakeAndWhatTheyAreAbout) {
  Supervised([] {
    TracedRun run({.observed = Everything()});
    run.StartTracee("holds_descriptors");
    run.RunToRest(Rest::kBlocked);
    const Call& pipe = *run.Calls("pipe2", 0).at(0);
    EXPECT_EQ(std::pair(pipe.made_fd, pipe.made_fd2), std::pair(3, 4));
    EXPECT_EQ(pipe.made_object, pipe.made_object2);
    EXPECT_THAT(pipe.args, ElementsAre(Pair("pipefd", "[3, 4]"), Pair("flags", "0")));
    const Call& copy = *run.Calls("dup2", 0).at(0);
    EXPECT_EQ(copy.fd, 4);
    EXPECT_EQ(copy.made_fd, 10);
    EXPECT_EQ(copy.object, pipe.made_object);
    EXPECT_EQ(copy.made_object, pipe.made_object);
    const Call& other = *run.Calls("fcntl", 0).at(0);
    EXPECT_EQ(other.made_fd, 20);
    EXPECT_EQ(other.made_object, pipe.made_object);
    EXPECT_EQ(other.args.at(1).second, "F_DUPFD_CLOEXEC");
    auto opens = run.Calls("openat", 0);
    std::erase_if(opens, [](const Call* call) { return call->args.at(1).second != "file"; });
    const Call& opened = *opens.at(0);
    EXPECT_EQ(opened.made_fd, 5);
    EXPECT_EQ(opened.args.at(2).second, "O_WRONLY|O_CREAT|O_APPEND|O_CLOEXEC");
    EXPECT_EQ(opened.args.at(3).second, "0600");
    const Call& sockets = *run.Calls("socketpair", 0).at(0);
    EXPECT_EQ(std::pair(sockets.made_fd, sockets.made_fd2), std::pair(6, 7));
    EXPECT_EQ(sockets.args.at(1).second, "SOCK_STREAM|SOCK_NONBLOCK");
    EXPECT_EQ(run.Calls("eventfd2", 0).at(1)->made_fd, 9);
  });
}

TEST_P(Descriptors, KeptOverExec) {
  Supervised([] {
    TracedRun run({.observed = Everything()});
    run.StartTracee("keeps_over_exec");
    run.RunToRest(Rest::kBlocked);
    const record::Snapshot snapshot = run.TakeSnapshot();
    const auto& state = snapshot.processes.at(0);
    EXPECT_THAT(NumbersOf(state), ElementsAre(0, 1, 2, 3, 4, 5));
    EXPECT_EQ(state.descriptors.at(3).object, run.Calls("pipe2", 0).at(0)->made_object);
    EXPECT_EQ(state.descriptors.at(5).object, run.Calls("eventfd2", 0).at(0)->made_object);
    EXPECT_NE(state.descriptors.at(5).object, run.Calls("eventfd2", 0).at(1)->made_object);
    ASSERT_TRUE(state.threads.at(0).blocked.has_value());
    EXPECT_EQ(state.threads.at(0).blocked->call, "read");
    EXPECT_EQ(state.threads.at(0).blocked->fd, 3);
    EXPECT_EQ(state.threads.at(0).blocked->object, state.descriptors.at(3).object);
  });
}

TEST_P(Descriptors, PassedInAMessage) {
  Supervised([] {
    TracedRun run({.observed = Everything()});
    run.StartTracee("passes_descriptor");
    run.RunToRest(Rest::kBlocked);
    const record::Snapshot snapshot = run.TakeSnapshot();
    const int pipe = run.Calls("pipe2", 0).at(0)->made_object;
    const auto& child = snapshot.processes.at(1).descriptors;
    EXPECT_EQ(child.at(5).object, pipe);
    EXPECT_TRUE(child.at(5).writable);
    const auto wrote = run.All<record::Transfer>(1);
    EXPECT_TRUE(std::ranges::any_of(wrote, [&](const record::Transfer* transfer) {
      return transfer->object == pipe && transfer->bytes == 1;
    }));
  });
}

TEST_P(Descriptors, EndsOfAFifo) {
  Supervised([] {
    TracedRun run({.observed = Everything()});
    run.StartTracee("fifo_ends");
    run.RunToRest(Rest::kBlocked);
    const record::Snapshot snapshot = run.TakeSnapshot();
    const Held reader(run, snapshot.processes.at(0));
    const Held writer(run, snapshot.processes.at(1));
    EXPECT_THAT(reader.What(3), Pair(ObjectKind::kFifo, "/lab/fifo"));
    EXPECT_EQ(reader[3].object, writer[3].object);
    EXPECT_TRUE(reader[3].readable && writer[3].writable);
    EXPECT_EQ(run.Calls("mknodat", 0).size() + run.Calls("mknod", 0).size(), 1u);
    EXPECT_EQ(snapshot.processes.at(0).threads.at(0).blocked->fd, 3);
  });
}

TEST_P(Descriptors, OfATableThatTwoProcessesShare) {
  Supervised([] {
    TracedRun run({.observed = Everything()});
    run.StartTracee("shares_table");
    run.RunToEnd();
    EXPECT_EQ(run.EndOf(0)->status, 0);
    std::vector<int> wrote;
    for (const auto* transfer : run.All<record::Transfer>(0)) {
      if (transfer->way == record::Transfer::Way::kWritten) wrote.push_back(transfer->object);
    }
    EXPECT_THAT(wrote, ElementsAre(run.Calls("pipe2", 0).at(0)->made_object,
                                   run.Calls("socketpair", 1).at(0)->made_object2));
  });
}

// Of calls that are always followed, also where others change the table unseen.
TEST_P(Descriptors, AreKnownWithoutTheirFacet) {
  Supervised([] {
    TracedRun run;
    run.StartTracee("unix_talk");
    run.RunToRest(Rest::kBlocked);
    const Call& made = *run.Calls("socket", 0).at(0);
    EXPECT_EQ(run.Calls("bind", 0).at(0)->object, made.made_object);
    EXPECT_EQ(run.Calls("accept", 0).at(0)->object, made.made_object);
    EXPECT_NE(run.Calls("accept", 0).at(0)->made_object, made.made_object);
    EXPECT_THAT(run.Calls("close"), ::testing::IsEmpty());
  });
}

TEST_P(Descriptors, OfTheGraderHaveARole) {
  Supervised([] {
    TracedRun run({.observed = Everything()});
    run.StartTracee("keeps_over_exec");
    run.RunToRest(Rest::kBlocked);
    const int output = run.TakeSnapshot().processes.at(0).descriptors.at(1).object;
    EXPECT_EQ(run.ObjectOfOutput(), output);
    run.journal().SetRole(output, "submission.stdout");
    EXPECT_EQ(run.recording().object(output)->role, "submission.stdout");
  });
}

}  // namespace
}  // namespace plumbline::trace::testing
