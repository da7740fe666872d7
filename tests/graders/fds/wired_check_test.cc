// SPDX-License-Identifier: MIT
#include "graders/fds/wired_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/judging.h"
#include "tests/support/recording_builder.h"

namespace plumbline::testing {
namespace {

using ::testing::HasSubstr;
using Edges = std::vector<spec::Edge>;

// Two children of a program with a pipe at 3 and 4: `left` writes, `right` reads.
struct Pair {
  RecordingBuilder b;
  ProcessIndex submission = b.Start("submission", "/lab/chain");
  int pipe = b.Pipe(submission, 3, 4);
  ProcessIndex left = b.Fork(submission);
  ProcessIndex right = b.Fork(submission);

  void Run() {
    b.Exec(left, "/usr/bin/cat").Exec(right, "/usr/bin/sort").Snapshot("running");
  }
};

Use Wired(const std::string& from, const std::string& to) {
  Use use(graders::fds::Wired());
  use.With("at", "running").With("edges", Edges{EdgeOf(from, to)});
  return use;
}

TEST(FdsWiredCheck, PassesWhenAPipeJoinsThem) {
  Pair pair;
  pair.b.Dup(pair.left, 4, 1).Dup(pair.right, 3, 0);
  pair.Run();
  EXPECT_EQ(Wired("cat.1", "sort.0").On(pair.b.Build()), "pass");
  EXPECT_EQ(Wired("cat.*", "sort.*").On(pair.b.Build()), "pass");
  EXPECT_EQ(Wired("cat.1", "sort.0").With("via", "pipe").On(pair.b.Build()), "pass");
}

TEST(FdsWiredCheck, ReportsExchangedEnds) {
  Pair pair;
  pair.b.Dup(pair.left, 3, 1).Dup(pair.right, 4, 0);
  pair.Run();
  Use wired = Wired("cat.1", "sort.0");
  EXPECT_EQ(wired.On(pair.b.Build()), "swapped");
  EXPECT_THAT(wired.told(), HasSubstr("Descriptor 1 of cat (process 3) reads from"));
}

TEST(FdsWiredCheck, ReportsStandardOutputThatWasNotRedirected) {
  Pair pair;
  pair.b.Dup(pair.right, 3, 0);
  pair.Run();
  EXPECT_EQ(Wired("cat.1", "sort.0").On(pair.b.Build()), "not-joined");
}

TEST(FdsWiredCheck, ReportsAClosedDescriptor) {
  Pair pair;
  pair.b.Close(pair.left, 1).Dup(pair.right, 3, 0);
  pair.Run();
  Use wired = Wired("cat.1", "sort.0");
  EXPECT_EQ(wired.On(pair.b.Build()), "not-joined");
  EXPECT_THAT(wired.told(), HasSubstr("Descriptor 1 of cat (process 3) is closed."));
}

TEST(FdsWiredCheck, ReportsAFileInsteadOfThePipe) {
  Pair pair;
  pair.b.Open(pair.left, 1, "/lab/tmp", false, true).Open(pair.right, 0, "/lab/tmp", true, false);
  pair.Run();
  EXPECT_EQ(Wired("cat.1", "sort.0").With("via", "pipe").On(pair.b.Build()), "wrong-target");
}

TEST(FdsWiredCheck, ReportsAPipeToSomebodyElse) {
  Pair pair;
  pair.b.Dup(pair.left, 4, 1).Close(pair.right, 3);
  pair.Run();
  EXPECT_EQ(Wired("cat.1", "sort.0").On(pair.b.Build()), "wrong-target");
}

TEST(FdsWiredCheck, KnowsFilesByTheirPaths) {
  Pair pair;
  pair.b.Open(pair.right, 1, "/lab/carta.txt", false, true);
  pair.Run();
  EXPECT_EQ(Wired("sort.1", "file:carta.txt").On(pair.b.Build()), "pass");
  EXPECT_EQ(Wired("cat.1", "file:carta.txt").On(pair.b.Build()), "wrong-target");
}

TEST(FdsWiredCheck, KnowsTheGradersEnds) {
  Pair pair;
  pair.Run();
  EXPECT_EQ(Wired("channel:stdin", "cat.0").On(pair.b.Build()), "pass");
}

TEST(FdsWiredCheck, JoinsTheTwoEndsOfASocketPair) {
  Pair pair;
  const int one = pair.b.NewObject(ObjectKind::kSocket, "socket");
  const int other = pair.b.NewObject(ObjectKind::kSocket, "socket");
  pair.b.Call(pair.submission, {.name = "socketpair", .made_object = one, .made_object2 = other});
  pair.b.Descriptor(pair.left, 1, {.object = one, .readable = true, .writable = true});
  pair.b.Descriptor(pair.right, 0, {.object = other, .readable = true, .writable = true});
  pair.Run();
  EXPECT_EQ(Wired("cat.1", "sort.0").With("via", "socket").On(pair.b.Build()), "pass");
}

TEST(FdsWiredCheck, FindsNobody) {
  Pair pair;
  pair.Run();
  EXPECT_EQ(Wired("cat.1", "wc.0").On(pair.b.Build()), "nobody");
}

}  // namespace
}  // namespace plumbline::testing
