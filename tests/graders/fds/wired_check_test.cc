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

  void Run() { b.Exec(left, "/usr/bin/cat").Exec(right, "/usr/bin/sort").Snapshot("running"); }
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

TEST(FdsWiredCheck, TellsApartWhatJoinsThem) {
  const std::pair<ObjectKind, std::string> all[] = {{ObjectKind::kFifo, "fifo"},
                                                    {ObjectKind::kFile, "file"}};
  for (const auto& [kind, word] : all) {
    Pair pair;
    pair.b.Open(pair.left, 1, "/lab/x", false, true, kind);
    pair.b.Open(pair.right, 0, "/lab/x", true, false, kind);
    pair.Run();
    const auto recording = pair.b.Build();
    for (const std::string via : {"any", "pipe", "fifo", "socket", "file"}) {
      const bool right = via == "any" || via == word;
      EXPECT_EQ(Wired("cat.1", "sort.0").With("via", via).On(recording) == "pass", right)
          << word << " via " << via;
    }
  }
}

TEST(FdsWiredCheck, JoinsTheTwoEndsOfAConnection) {
  Pair pair;
  const int server = pair.b.NewObject(ObjectKind::kSocket, "socket");
  const int client = pair.b.NewObject(ObjectKind::kSocket, "socket");
  pair.b.Descriptor(pair.left, 1, {.object = client, .readable = true, .writable = true});
  pair.b.Descriptor(pair.right, 0, {.object = server, .readable = true, .writable = true});
  pair.b.Socket(client, {.family = "inet", .local = "127.0.0.1:4", .remote = "127.0.0.1:7"});
  pair.b.Socket(server, {.family = "inet", .local = "127.0.0.1:7", .remote = "127.0.0.1:4"});
  pair.Run();
  EXPECT_EQ(Wired("cat.1", "sort.0").With("via", "socket").On(pair.b.Build()), "pass");
  pair.b.Socket(server, {.family = "inet", .local = "127.0.0.1:7", .remote = "127.0.0.1:5"});
  pair.Run();
  EXPECT_EQ(Wired("cat.1", "sort.0").With("via", "socket").On(pair.b.Build()), "not-joined");
}

TEST(FdsWiredCheck, WantsEachOfThemJoined) {
  Pair pair;
  pair.b.Dup(pair.left, 4, 1).Dup(pair.right, 3, 0);
  pair.b.Fork(pair.submission);
  pair.Run();
  EXPECT_EQ(Wired("submission/1.1", "submission/2.0").On(pair.b.Build()), "pass");
  EXPECT_NE(Wired("submission/*.1", "submission/2.0").On(pair.b.Build()), "pass");
}

TEST(FdsWiredCheck, JudgesEachEdge) {
  Pair pair;
  pair.b.Dup(pair.left, 4, 1).Dup(pair.right, 3, 0);
  pair.Run();
  Use wired = Wired("cat.1", "sort.0");
  wired.With("edges", Edges{EdgeOf("cat.1", "sort.0"), EdgeOf("sort.1", "file:carta.txt")});
  EXPECT_EQ(wired.On(pair.b.Build()), "wrong-target");
  EXPECT_THAT(wired.told(), HasSubstr("sort.1 -> file:carta.txt should be joined"));
}

TEST(FdsWiredCheck, SaysThatNothingHasTheName) {
  Pair pair;
  pair.b.Close(pair.right, 1);
  pair.Run();
  EXPECT_EQ(Wired("sort.1", "file:carta.txt").On(pair.b.Build()), "not-joined");
}

TEST(FdsWiredCheck, IsNotReachedWithoutTheSnapshot) {
  EXPECT_EQ(Wired("cat.1", "sort.0").On(Pair().b.Build()), "not reached");
}

TEST(FdsWiredCheck, IsUnjudgeableWithoutDescriptors) {
  Pair pair;
  pair.b.Observed({});
  pair.Run();
  EXPECT_EQ(Wired("cat.1", "sort.0").On(pair.b.Build()), "unjudgeable");
}

TEST(FdsWiredCheck, FindsNobody) {
  Pair pair;
  pair.Run();
  EXPECT_EQ(Wired("cat.1", "wc.0").On(pair.b.Build()), "nobody");
}

}  // namespace
}  // namespace plumbline::testing
