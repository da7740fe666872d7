// SPDX-License-Identifier: MIT
#include "cli/arguments.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace plumbline::cli {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::Pair;

Invocation Parsed(std::vector<std::string> arguments) {
  const auto invocation = ParseArguments(std::move(arguments));
  EXPECT_TRUE(invocation) << invocation.error().text;
  return invocation.value_or(Invocation{});
}
NoInvocation Refused(std::vector<std::string> arguments) {
  const auto invocation = ParseArguments(std::move(arguments));
  EXPECT_FALSE(invocation);
  return invocation ? NoInvocation{} : invocation.error();
}

TEST(Arguments, OfCheckAllTogether) {
  const Invocation all =
      Parsed({"check",       "pipe-chain", "main.c",         "--json",      "--report",
              "json=g.json", "--report",   "terminal=g.txt", "--lang",      "ca",
              "--language",  "c",          "--audience",     "teacher",     "--color",
              "never",       "--record",   "runs",           "--isolation", "B",
              "--exercises", "ex",         "--no-cache",     "--verbose"});
  ASSERT_NE(all.command, nullptr);
  EXPECT_EQ(all.command->run, &RunCheck);
  const Options& o = all.options;
  EXPECT_EQ(o.exercise, "pipe-chain");
  EXPECT_EQ(o.submission, "main.c");
  EXPECT_TRUE(o.json && o.teacher && o.no_cache && o.verbose);
  EXPECT_FALSE(o.watch);
  EXPECT_THAT(o.reports, ElementsAre(Pair("json", "g.json"), Pair("terminal", "g.txt")));
  EXPECT_EQ(o.lang, "ca");
  EXPECT_EQ(o.language, "c");
  EXPECT_EQ(o.color, "never");
  EXPECT_EQ(o.record, "runs");
  EXPECT_EQ(o.isolation, "B");
  EXPECT_EQ(o.exercises_folder, "ex");
}

TEST(Arguments, ReportDoesNotSwallowWhatFollows) {
  const Invocation check = Parsed({"check", "--report", "json=g.json", "pipe-chain", "main.c"});
  EXPECT_EQ(check.options.exercise, "pipe-chain");
  EXPECT_EQ(check.options.submission, "main.c");
}

TEST(Arguments, DefaultsAreThoseOfTheManual) {
  const Options options = Parsed({"check", "x", "y"}).options;
  EXPECT_EQ(options.isolation, "auto");
  EXPECT_EQ(options.color, "auto");
  EXPECT_FALSE(options.teacher || options.json || options.watch || options.no_cache);
}

TEST(Arguments, OfTraceAfterTwoDashesAreThePrograms) {
  const Options options = Parsed({"trace", "-o", "story", "--", "ls", "-l", "--json", "/"}).options;
  EXPECT_EQ(options.output, "story");
  EXPECT_FALSE(options.json);
  EXPECT_THAT(options.program, ElementsAre("ls", "-l", "--json", "/"));
}

TEST(Arguments, ListsOfFiles) {
  EXPECT_THAT(Parsed({"lint", "a", "b"}).options.exercises, ElementsAre("a", "b"));
  const Options evaluate = Parsed({"evaluate", "x", "r1", "r2"}).options;
  EXPECT_EQ(evaluate.exercise, "x");
  EXPECT_EQ(evaluate.recordings.size(), 2u);
}

TEST(Arguments, EveryCommandIsInTheTableOnceAndHasAFunction) {
  for (const Command& command : Commands()) {
    EXPECT_EQ(CommandNamed(command.name), &command);
    EXPECT_NE(command.run, nullptr);
  }
}

TEST(Arguments, HelpIsForStandardOutput) {
  const NoInvocation help = Refused({"--help"});
  EXPECT_EQ(help.exit, Exit::kPassed);
  EXPECT_THAT(help.text,
              AllOf(HasSubstr("check"), HasSubstr("Exit status"), Not(HasSubstr("supervise"))));
  const NoInvocation check = Refused({"check", "--help"});
  EXPECT_EQ(check.exit, Exit::kPassed);
  EXPECT_THAT(check.text, AllOf(HasSubstr("plumbline check"), HasSubstr("--watch")));
}

TEST(Arguments, UsageNamesTheCommandOnce) {
  for (const Command& command : Commands()) {
    const std::string usage = "Usage: plumbline " + std::string(command.name) + " [OPTIONS]";
    EXPECT_THAT(Refused({std::string(command.name), "--help"}).text, HasSubstr(usage));
  }
}

TEST(Arguments, VersionAsAnOption) {
  const NoInvocation version = Refused({"--version"});
  EXPECT_EQ(version.exit, Exit::kPassed);
  EXPECT_THAT(version.text, HasSubstr("plumbline "));
}

TEST(Arguments, MistakesSayWhatToDo) {
  const NoInvocation typo = Refused({"chekc", "x"});
  EXPECT_EQ(typo.exit, Exit::kUsage);
  EXPECT_THAT(typo.text, AllOf(HasSubstr("'chekc'"), HasSubstr("did you mean 'check'?")));
  const NoInvocation missing = Refused({"replay", "run.recording.json"});
  EXPECT_EQ(missing.exit, Exit::kUsage);
  EXPECT_THAT(missing.text, AllOf(HasSubstr("SUBMISSION"), HasSubstr("plumbline replay --help")));
  const NoInvocation nothing = Refused({});
  EXPECT_EQ(nothing.exit, Exit::kUsage);
  EXPECT_THAT(nothing.text, AllOf(HasSubstr("check"), HasSubstr("trace")));
  EXPECT_EQ(Refused({"check", "x", "y", "z"}).exit, Exit::kUsage);
  EXPECT_EQ(Refused({"check", "x", "y", "--frob"}).exit, Exit::kUsage);
  EXPECT_EQ(Refused({"trace", "--"}).exit, Exit::kUsage);
}

TEST(Arguments, OptionsBeforeTheCommandAreToldWhereToStand) {
  const NoInvocation early = Refused({"--json", "list"});
  EXPECT_EQ(early.exit, Exit::kUsage);
  EXPECT_THAT(early.text, AllOf(HasSubstr("'--json'"), HasSubstr("plumbline list ...")));
  EXPECT_THAT(Refused({"--frob"}).text,
              AllOf(HasSubstr("'--frob'"), HasSubstr("plumbline --help")));
}

TEST(Arguments, OfTraceItsOwn) {
  const Options options =
      Parsed({"trace", "--all", "--terminal", "--lang", "ca", "--", "ls"}).options;
  EXPECT_TRUE(options.all && options.terminal);
  EXPECT_EQ(options.lang, "ca");
}

TEST(Arguments, ValuesOutsideTheirWordsAreRefused) {
  for (const auto& [option, value] :
       std::vector<std::pair<std::string, std::string>>{{"--lang", "fr"},
                                                        {"--language", "java"},
                                                        {"--audience", "me"},
                                                        {"--color", "red"},
                                                        {"--isolation", "D"}}) {
    const NoInvocation refused = Refused({"check", "x", "y", option, value});
    EXPECT_EQ(refused.exit, Exit::kUsage) << option;
    EXPECT_THAT(refused.text, HasSubstr(option));
  }
}

TEST(Arguments, ReportsNameTheirFormatAndFile) {
  EXPECT_THAT(Refused({"check", "x", "y", "--report", "json"}).text,
              HasSubstr("'json' is not FORMAT=FILE"));
  EXPECT_THAT(Refused({"check", "x", "y", "--report", "json="}).text,
              HasSubstr("is not FORMAT=FILE"));
  EXPECT_THAT(Refused({"check", "x", "y", "--report", "pdf=x"}).text, HasSubstr("no format 'pdf'"));
}

}  // namespace
}  // namespace plumbline::cli
