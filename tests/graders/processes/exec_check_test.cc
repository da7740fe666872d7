// SPDX-License-Identifier: MIT
#include "graders/processes/exec_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cerrno>

#include "tests/support/judging.h"
#include "tests/support/recording_builder.h"

namespace plumbline::testing {
namespace {

using ::testing::HasSubstr;
using Strings = std::vector<std::string>;
using Variables = std::map<std::string, std::string>;

Use Exec() { return Use(graders::processes::Exec()); }

// A program whose child executes `path`.
record::Recording Running(const std::string& path, Strings argv, Strings env = {"A=1", "B="},
                          int error = 0) {
  RecordingBuilder b;
  const auto submission = b.Start("submission", "/lab/main");
  const auto child = b.Fork(submission);
  b.Exec(child, path, std::move(argv), std::move(env), error);
  b.raw().events.back().where = Location{"main.c", 12, "main"};
  return b.Build();
}

TEST(ProcessesExecCheck, DoesNotCountTheStartItself) {
  RecordingBuilder b;
  b.Start("submission", "/lab/main");
  EXPECT_EQ(Exec().On(b.Build()), "not-run");
}

TEST(ProcessesExecCheck, CountsAProgramThatReplacesTheSubmission) {
  RecordingBuilder b;
  const auto submission = b.Start("submission", "/lab/main");
  b.Exec(submission, "/usr/bin/env", {"env"});
  EXPECT_EQ(Exec().With("path", "/usr/bin/env").On(b.Build()), "pass");
}

TEST(ProcessesExecCheck, TakesBinAndUsrBinForOne) {
  const auto recording = Running("/usr/bin/ls", {"ls"});
  EXPECT_EQ(Exec().Who({"ls"}).With("path", "/bin/ls").On(recording), "pass");
  EXPECT_EQ(Exec().Who({"ls"}).With("path", "/usr/bin/ls").On(recording), "pass");
  EXPECT_EQ(Exec().Who({"ls"}).With("path", "/usr/local/bin/ls").On(recording), "not-run");
}

TEST(ProcessesExecCheck, ComparesArgumentsAndTakesAnythingForATilde) {
  const auto recording = Running("/usr/bin/ls", {"ls", "-a", "x"});
  Use exec = Exec();
  exec.Who({"ls"});
  EXPECT_EQ(exec.With("argv", spec::ArgvPattern{"ls", "-a", "x"}).On(recording), "pass");
  EXPECT_EQ(exec.With("argv", spec::ArgvPattern{"ls", std::nullopt, "x"}).On(recording), "pass");
  EXPECT_EQ(exec.With("argv", spec::ArgvPattern{"ls", "-a"}).On(recording), "wrong-argv");
  EXPECT_EQ(exec.With("argv", spec::ArgvPattern{"ls", std::nullopt, "y"}).On(recording),
            "wrong-argv");
  EXPECT_THAT(exec.told(), HasSubstr("other arguments than these: ls ~ y"));
  EXPECT_THAT(exec.told(), HasSubstr("executed /usr/bin/ls with the arguments: ls -a x"));
  EXPECT_EQ(exec.finding().location->line, 12);
}

TEST(ProcessesExecCheck, PutsPlaceholdersIntoArguments) {
  const auto recording = Running("/usr/bin/ls", {"ls", "2"});
  EXPECT_EQ(
      Exec().Who({"ls"}).With("argv", spec::ArgvPattern{"ls", "{submission.pid}"}).On(recording),
      "pass");
}

TEST(ProcessesExecCheck, WantsTheWholeEnvironment) {
  Use exec = Exec();
  exec.Who({"env"}).With("env", Variables{{"A", "1"}, {"B", ""}});
  EXPECT_EQ(exec.On(Running("/usr/bin/env", {"env"})), "pass");
  EXPECT_EQ(exec.On(Running("/usr/bin/env", {"env"}, {"A=1"})), "wrong-env");
  EXPECT_THAT(exec.told(), HasSubstr("B is not set."));
  EXPECT_EQ(exec.On(Running("/usr/bin/env", {"env"}, {"A=2", "B="})), "wrong-env");
  EXPECT_THAT(exec.told(), HasSubstr("A is 2, and should be 1."));
  EXPECT_EQ(exec.On(Running("/usr/bin/env", {"env"}, {"A=1", "B=", "C"})), "wrong-env");
  EXPECT_THAT(exec.told(), HasSubstr("C should not be set."));
}

TEST(ProcessesExecCheck, WantsSomeVariablesAndForbidsOthers) {
  const auto recording = Running("/usr/bin/env", {"env"}, {"A=1", "B=", "PATH=/usr/bin"});
  Use exec = Exec();
  exec.Who({"env"}).With("env_has", Variables{{"A", "1"}});
  EXPECT_EQ(exec.On(recording), "pass");
  EXPECT_EQ(exec.With("env_lacks", Strings{"HOME"}).On(recording), "pass");
  EXPECT_EQ(exec.With("env_lacks", Strings{"HOME", "PATH"}).On(recording), "wrong-env");
  EXPECT_THAT(exec.told(), HasSubstr("PATH should not be set."));
}

TEST(ProcessesExecCheck, ReportsAFailedExecution) {
  Use exec = Exec();
  EXPECT_EQ(exec.Who({"submission/1"}).On(Running("/usr/bin/ls", {"ls"}, {}, ENOENT)), "not-run");
  EXPECT_THAT(exec.told(), HasSubstr("could not execute /usr/bin/ls (ENOENT)."));
}

TEST(ProcessesExecCheck, ForbidsAShell) {
  Use exec = Exec();
  exec.Who({"sh", "bash", "dash"}).Count(0, 0);
  EXPECT_EQ(exec.On(Running("/usr/bin/ls", {"ls"})), "pass");
  EXPECT_EQ(exec.On(Running("/bin/sh", {"sh", "-c", "ls"})), "forbidden");
  EXPECT_THAT(exec.told(), HasSubstr("Executions of this kind: 1; there should be: none."));
  EXPECT_THAT(exec.told(), HasSubstr("sh -c ls"));
}

TEST(ProcessesExecCheck, CountsExecutionsOfThatProgramOnly) {
  RecordingBuilder b;
  const auto submission = b.Start("submission", "/lab/main");
  const auto child = b.Fork(submission);
  b.Exec(child, "/usr/bin/env").Exec(child, "/usr/bin/ls");
  const auto recording = b.Build();
  EXPECT_EQ(Exec().Who({"ls"}).Count(1, 1).On(recording), "pass");
  EXPECT_EQ(Exec().Who({"submission/1"}).Count(2, 2).On(recording), "pass");
  EXPECT_EQ(Exec().Who({"ls"}).Count(2, {}).On(recording), "not-run");
}

TEST(ProcessesExecCheck, FindsNobody) {
  EXPECT_EQ(Exec().Who({"cat"}).On(Running("/usr/bin/ls", {"ls"})), "nobody");
}

}  // namespace
}  // namespace plumbline::testing
