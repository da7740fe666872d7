// SPDX-License-Identifier: MIT
#include "graders/processes/tree_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/judging.h"
#include "tests/support/recording_builder.h"

namespace plumbline::testing {
namespace {

using ::testing::HasSubstr;

spec::Tree Leaf(const std::string& label) { return {label, {}}; }

// {submission: {A: {C: {}}, B: {}}}
Use Tree() {
  Use use(graders::processes::Tree());
  use.With("at", "then");
  use.With("tree", spec::Tree{"submission", {{"A", {Leaf("C")}}, Leaf("B")}});
  return use;
}

TEST(ProcessesTreeCheck, PassesWithTheShapeInAnyOrder) {
  for (const bool the_parent_first : {true, false}) {
    RecordingBuilder b;
    const auto root = b.Start("submission", "/lab/tree");
    const auto first = b.Fork(root);
    const auto second = b.Fork(root);
    b.Fork(the_parent_first ? first : second);
    b.Snapshot("then");
    EXPECT_EQ(Tree().On(b.Build()), "pass");
  }
}

TEST(ProcessesTreeCheck, ReportsAChain) {
  RecordingBuilder b;
  const auto root = b.Start("submission", "/lab/tree");
  b.Fork(b.Fork(b.Fork(root)));
  b.Snapshot("then");
  Use tree = Tree();
  EXPECT_EQ(tree.On(b.Build()), "wrong-tree");
  EXPECT_THAT(tree.told(), HasSubstr("Expected: submission(A(C) B)"));
  EXPECT_THAT(tree.told(), HasSubstr("Got, by PID: 2(3(4(5)))"));
  EXPECT_THAT(tree.told(), HasSubstr("The parent of child 1 of your program (process 3) is your "
                                     "program (process 2)."));
}

TEST(ProcessesTreeCheck, DoesNotCountZombiesAndPeers) {
  RecordingBuilder b;
  const auto root = b.Start("submission", "/lab/tree");
  const auto peer = b.Start("server", "/usr/sbin/xinetd", {}, true);
  const auto a = b.Fork(root);
  b.Fork(a);
  const auto zombie = b.Fork(root);
  b.Fork(peer);
  b.ForkInternal(root);
  b.Exit(zombie).Snapshot("then");
  EXPECT_EQ(Tree().On(b.Build()), "wrong-tree");
  b.Fork(root);
  b.Snapshot("then");
  EXPECT_EQ(Tree().On(b.Build()), "pass");
}

TEST(ProcessesTreeCheck, ReportsAGrandchildThatWasAdopted) {
  RecordingBuilder b;
  const auto root = b.Start("submission", "/lab/tree");
  const auto a = b.Fork(root);
  b.Fork(a);
  b.Fork(root);
  b.Exit(a).Reap(root, a).Snapshot("then");
  Use tree = Tree();
  EXPECT_EQ(tree.On(b.Build()), "wrong-tree");
  EXPECT_THAT(tree.told(), HasSubstr("has lost its parent and was adopted"));
}

TEST(ProcessesTreeCheck, SaysThatTheRootHasEnded) {
  RecordingBuilder b;
  const auto root = b.Start("submission", "/lab/tree");
  b.Exit(root).Snapshot("then");
  Use tree = Tree();
  EXPECT_EQ(tree.On(b.Build()), "wrong-tree");
  EXPECT_THAT(tree.told(), HasSubstr("Your program itself had already ended."));
}

TEST(ProcessesTreeCheck, SurvivesARecordingInWhichParentsGoRoundInACircle) {
  RecordingBuilder b;
  const auto root = b.Start("submission", "/lab/tree");
  b.Fork(root);
  b.Snapshot("then");
  record::Recording broken = b.Build();
  broken.snapshots["then"].processes[0].parent = 1;
  EXPECT_EQ(Tree().On(broken), "wrong-tree");
}

TEST(ProcessesTreeCheck, IsNotReachedWithoutTheSnapshot) {
  RecordingBuilder b;
  b.Exit(b.Start("submission", "/lab/tree"), 1);
  Use tree = Tree();
  EXPECT_EQ(tree.On(b.Build()), "not reached");
  EXPECT_THAT(tree.told(), HasSubstr("Your program had already ended, with status 1."));
}

}  // namespace
}  // namespace plumbline::testing
