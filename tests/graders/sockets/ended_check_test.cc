// SPDX-License-Identifier: MIT
#include "graders/sockets/ended_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/judging.h"
#include "tests/support/recording_builder.h"

namespace plumbline::testing {
namespace {

using record::Ended;
using ::testing::HasSubstr;

Use EndedSo(const std::string& is, const std::string& of = "a") {
  Use use(graders::sockets::Ended());
  return use.With("of", of).With("is", is);
}

record::Recording Left(Ended how) {
  RecordingBuilder b;
  b.Start("submission", "/lab/server");
  b.Connection("a").Ended("a", how);
  return b.Build();
}

TEST(SocketsEndedCheck, TellsTheFourStatesApart) {
  const std::pair<Ended, std::string> all[] = {{Ended::kClosed, "closed"},
                                               {Ended::kReset, "reset"},
                                               {Ended::kHalfClosed, "half-closed"},
                                               {Ended::kOpen, "open"}};
  for (const auto& [how, word] : all) {
    for (const auto& [other, wanted] : all) {
      const std::string said = EndedSo(wanted).On(Left(how));
      const std::string code = how == Ended::kReset ? "reset" : "not-closed";
      EXPECT_EQ(said, how == other ? "pass" : code) << word << ", not " << wanted;
    }
  }
}

TEST(SocketsEndedCheck, TakesAnyOfAList) {
  Use ended = EndedSo("closed");
  ended.With("is", Words{"closed", "reset"});
  EXPECT_EQ(ended.On(Left(Ended::kReset)), "pass");
  EXPECT_EQ(ended.On(Left(Ended::kHalfClosed)), "not-closed");
}

TEST(SocketsEndedCheck, SaysWhatTheProgramDid) {
  Use ended = EndedSo("closed");
  EXPECT_EQ(ended.On(Left(Ended::kOpen)), "not-closed");
  EXPECT_THAT(ended.told(), HasSubstr("At 'end' the connection 'a' should be closed."));
  EXPECT_THAT(ended.told(), HasSubstr("The program keeps the connection 'a' open."));
  EXPECT_THAT(ended.told(), HasSubstr("after fork() the parent has a copy too"));
  EXPECT_EQ(ended.On(Left(Ended::kReset)), "reset");
  EXPECT_THAT(ended.told(), HasSubstr("with bytes still unread is reset"));
  EXPECT_EQ(ended.On(Left(Ended::kHalfClosed)), "not-closed");
  EXPECT_THAT(ended.told(), HasSubstr("shut down its sending side"));
  EXPECT_EQ(EndedSo("open").On(Left(Ended::kClosed)), "not-closed");
}

TEST(SocketsEndedCheck, LooksAtItsSnapshot) {
  RecordingBuilder b;
  b.Connection("a").Ended("a", Ended::kHalfClosed).Snapshot("half").Ended("a", Ended::kClosed);
  const auto recording = b.Build();
  EXPECT_EQ(EndedSo("half-closed").With("at", "half").On(recording), "pass");
  EXPECT_EQ(EndedSo("closed").On(recording), "pass");
  EXPECT_EQ(EndedSo("closed").With("at", "later").On(recording), "not reached");
}

TEST(SocketsEndedCheck, LooksAtEachOfAGroup) {
  RecordingBuilder b;
  b.Connection("c1").Connection("c2").Ended("c1", Ended::kClosed).Ended("c2", Ended::kClosed);
  spec::Connect connect;
  connect.as = "c";
  connect.count = 2;
  EXPECT_EQ(EndedSo("closed", "c").Step(connect).On(b.Build()), "pass");
  RecordingBuilder late;
  late.Connection("c1").Connection("c2").Ended("c1", Ended::kClosed);
  Use ended = EndedSo("closed", "c");
  EXPECT_EQ(ended.Step(connect).On(late.Build()), "not-closed");
  EXPECT_THAT(ended.told(), HasSubstr("'c2'"));
}

TEST(SocketsEndedCheck, KnowsAConnectionByItsStream) {
  EXPECT_EQ(EndedSo("closed", "a.received").On(Left(Ended::kClosed)), "pass");
}

TEST(SocketsEndedCheck, IsNotReachedWithoutTheConnection) {
  RecordingBuilder b;
  b.Start("submission", "/lab/server");
  b.Stuck(1, "connect: {as: a}", "connection refused");
  Use ended = EndedSo("closed");
  EXPECT_EQ(ended.On(b.Build()), "not reached");
  EXPECT_THAT(ended.told(), HasSubstr("The connection 'a' was never made."));
  EXPECT_THAT(ended.told(), HasSubstr("connection refused"));
}

}  // namespace
}  // namespace plumbline::testing
