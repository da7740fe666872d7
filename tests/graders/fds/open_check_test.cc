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

TEST(FdsOpenCheck, FindsNobody) {
  Service service;
  EXPECT_EQ(Open({}).Who({"ls"}).On(service.Serving()), "nobody");
}

}  // namespace
}  // namespace plumbline::testing
