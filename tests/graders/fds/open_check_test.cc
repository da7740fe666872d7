// SPDX-License-Identifier: MIT
#include "graders/fds/open_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/judging.h"
#include "tests/support/recording_builder.h"

namespace plumbline::testing {
namespace {

using ::testing::HasSubstr;

// A service whose three standard descriptors are the connection `a`.
struct Service {
  RecordingBuilder b;
  ProcessIndex submission = b.Start("submission", "/lab/superserver");
  ProcessIndex cat = -1;

  Service() {
    b.Listen(submission, 3, "127.0.0.1:7");
    b.Connection("a");
    b.Accept(submission, 3, 4, "a");
    cat = b.Fork(submission);
    b.Dup(cat, 4, 0).Dup(cat, 4, 1).Dup(cat, 4, 2).Close(cat, 4);
  }
  record::Recording Serving() {
    b.Exec(cat, "/usr/bin/cat").Snapshot("serving");
    return b.Build();
  }
};

Use Open(spec::FdTable table) {
  Use use(graders::fds::Open());
  use.With("at", "serving").Who({"cat"}).With("table", std::move(table));
  return use;
}

TEST(FdsOpenCheck, PassesWithJustTheConnection) {
  Service service;
  service.b.Close(service.cat, 3);
  const auto recording = service.Serving();
  EXPECT_EQ(Open({{0, "a"}, {1, "a"}, {2, "socket"}}).On(recording), "pass");
}

TEST(FdsOpenCheck, ReportsTheListeningSocketThatWasInherited) {
  Service service;
  Use open = Open({{0, "a"}, {1, "a"}, {2, "a"}});
  EXPECT_EQ(open.On(service.Serving()), "extra-descriptor");
  EXPECT_THAT(open.told(), HasSubstr("descriptor 3 open: the socket that listens on 127.0.0.1:7"));
}

TEST(FdsOpenCheck, ReportsAClosedDescriptor) {
  Service service;
  service.b.Close(service.cat, 3).Close(service.cat, 2);
  Use open = Open({{0, "a"}, {1, "a"}, {2, "a"}});
  EXPECT_EQ(open.On(service.Serving()), "missing-descriptor");
  EXPECT_THAT(open.told(), HasSubstr("Descriptor 2 of cat (process 3) is closed"));
}

TEST(FdsOpenCheck, ReportsADescriptorThatIsSomethingElse) {
  Service service;
  service.b.Close(service.cat, 3);
  EXPECT_EQ(Open({{0, "pipe"}, {1, "a"}, {2, "a"}}).On(service.Serving()), "missing-descriptor");
}

TEST(FdsOpenCheck, KnowsAFileByItsPath) {
  Service service;
  service.b.Close(service.cat, 3).Open(service.cat, 2, "/lab/log", false, true);
  EXPECT_EQ(Open({{0, "a"}, {1, "a"}, {2, "log"}}).On(service.Serving()), "pass");
}

TEST(FdsOpenCheck, KnowsEachKindByItsWord) {
  RecordingBuilder b;
  const auto submission = b.Start("submission", "/lab/main");
  b.Open(submission, 3, "/lab/x", true, false);
  b.Open(submission, 4, "/lab/F", true, false, ObjectKind::kFifo);
  b.Open(submission, 5, "/dev/pts/0", true, true, ObjectKind::kTerminal);
  b.Open(submission, 6, "/dev/null", true, true, ObjectKind::kNull);
  b.Listen(submission, 7, "127.0.0.1:7");
  b.Snapshot("serving");
  const spec::FdTable table{{0, "stdin"}, {1, "pipe"},     {2, "pipe"}, {3, "file"},
                            {4, "fifo"},  {5, "terminal"}, {6, "null"}, {7, "socket"}};
  EXPECT_EQ(Open(table).Who({"submission"}).On(b.Build()), "pass");
  for (const auto& [fd, word] : table) {
    spec::FdTable wrong = table;
    wrong[fd] = word == "null" ? "file" : "null";
    EXPECT_EQ(Open(wrong).Who({"submission"}).On(b.Build()), "missing-descriptor") << word;
  }
}

TEST(FdsOpenCheck, TellsWhereAnExtraDescriptorWasMade) {
  RecordingBuilder b;
  const auto submission = b.Start("submission", "/lab/main");
  b.Pipe(submission, 3, 4, Location{"main.c", 5, "main"});
  b.Close(submission, 4).Snapshot("serving");
  Use open = Open({{0, "stdin"}, {1, "pipe"}, {2, "pipe"}});
  EXPECT_EQ(open.Who({"submission"}).On(b.Build()), "extra-descriptor");
  EXPECT_THAT(open.told(), HasSubstr("It was made by pipe() at main.c:5."));
  EXPECT_EQ(open.finding().location->line, 5);
}

TEST(FdsOpenCheck, LeavesBashItsScript) {
  RecordingBuilder b;
  const auto submission = b.Start("submission", "/usr/bin/bash");
  b.Open(submission, 255, "/lab/main.sh", true, false).Snapshot("serving");
  Use open = Open({{0, "stdin"}, {1, "pipe"}, {2, "pipe"}});
  EXPECT_EQ(open.Who({"submission"}).On(b.Build()), "pass");
}

TEST(FdsOpenCheck, LooksAtEachOfThem) {
  Service service;
  service.b.Close(service.cat, 3);
  const auto recording = service.Serving();
  EXPECT_EQ(Open({{0, "a"}, {1, "a"}, {2, "a"}}).Who({"cat", "submission"}).On(recording),
            "missing-descriptor");
}

TEST(FdsOpenCheck, IsNotReachedWithoutTheSnapshot) {
  EXPECT_EQ(Open({}).On(Service().b.Build()), "not reached");
}

TEST(FdsOpenCheck, IsUnjudgeableWithoutDescriptors) {
  Service service;
  service.b.Observed({record::Facet::kSockets});
  EXPECT_EQ(Open({}).On(service.Serving()), "unjudgeable");
}

TEST(FdsOpenCheck, FindsNobody) {
  Service service;
  EXPECT_EQ(Open({}).Who({"ls"}).On(service.Serving()), "nobody");
}

}  // namespace
}  // namespace plumbline::testing
