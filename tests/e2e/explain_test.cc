// SPDX-License-Identifier: MIT
// `explain`: what a student asks about a kind or a check, and what is not told.
#include <gmock/gmock.h>

#include "program.h"

namespace plumbline::e2e {
namespace {

using nlohmann::json;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

class Explain : public ::testing::Test {
 protected:
  Ran Do(const std::string& line) const { return Shell(line, folder_.path()); }
  std::string Told(const std::string& words) const {
    const Ran ran = Do("$P explain " + words);
    EXPECT_EQ(ran.status, 0) << words << "\n" << ran.err;
    return ran.out;
  }
  void ExpectRefused(const std::string& words, const std::string& what, const std::string& hint) {
    const Ran ran = Do("$P explain " + words);
    EXPECT_EQ(ran.status, 2) << words;
    EXPECT_THAT(ran.out, IsEmpty()) << words;
    EXPECT_THAT(ran.err, AllOf(StartsWith("plumbline: "), HasSubstr(what), HasSubstr(hint)));
  }
  const Folder folder_;
};

std::vector<std::string> KindsIn(const std::string& document) {
  std::vector<std::string> kinds;
  for (const json& one : json::parse(document)) kinds.push_back(one.at("kind"));
  return kinds;
}

TEST_F(Explain, AKindIsATextInOnesLanguage) {
  EXPECT_THAT(Told("fds.leaked"), AllOf(StartsWith("# A pipe end"), HasSubstr("\nSee: ")));
  EXPECT_THAT(Told("fds.leaked --lang ca"), HasSubstr("\nVegeu: "));
  EXPECT_THAT(Do("LANG=es_ES.UTF-8 $P explain fds.leaked").out, HasSubstr("\nVéase: "));
}

TEST_F(Explain, WithoutAWordAllKindsAreListed) {
  EXPECT_THAT(Told(""), AllOf(StartsWith("fds.wired "), HasSubstr("\nfds.leaked "),
                              HasSubstr("A pipe end that nobody needs is still open\n")));
  EXPECT_THAT(Told("--lang es"), HasSubstr("extremo de tubería"));
}

TEST_F(Explain, ACheckIsExplainedByItsKinds) {
  EXPECT_EQ(Told("pipe-chain/no-spare-ends"), Told("fds.leaked"));
  EXPECT_EQ(Told("pipe-chain/no-spare-ends"),
            Told((kExercises / "pipe-chain/no-spare-ends").string()));
  // Two of one kind, in any_of.
  EXPECT_EQ(Told("pipe-chain/no-sort-status"), Told("processes.exit"));
  EXPECT_EQ(KindsIn(Told("pipe-chain/mode --json")),
            (std::vector<std::string>{"processes.exit", "files.state"}));
}

TEST_F(Explain, InAStudentsFolderTheIdIsEnough) {
  ASSERT_EQ(Do("$P start pipe-chain --language c work").status, 0);
  EXPECT_EQ(Do("cd work && $P explain no-spare-ends").out, Told("fds.leaked"));
  EXPECT_EQ(Do("cd work && $P explain fds.leaked --json").out, Told("fds.leaked --json"));
  const Ran slip = Do("cd work && $P explain no-spare-end");
  EXPECT_EQ(slip.status, 2);
  EXPECT_THAT(slip.err, HasSubstr("did you mean 'no-spare-ends'?"));
}

TEST_F(Explain, JsonHasKindTitleAndText) {
  const json one = json::parse(Told("fds.leaked --json"));
  EXPECT_EQ(one.at("kind"), "fds.leaked");
  EXPECT_EQ(one.at("title"), "A pipe end that nobody needs is still open");
  EXPECT_EQ(one.at("text"), Told("fds.leaked"));
  EXPECT_EQ(KindsIn(Told("--json")).front(), "fds.wired");
}

TEST_F(Explain, HeadingsAreStrongWhereThereIsColour) {
  EXPECT_THAT(Told("fds.leaked"), Not(HasSubstr("\033")));
  EXPECT_THAT(Told("fds.leaked --color always"), StartsWith("\033[1m# A pipe end"));
}

TEST_F(Explain, TheProgramAloneIsEnough) {
  const Ran ran = Do("cp $P alone && env -u PLUMBLINE_EXERCISES ./alone explain fds.leaked");
  EXPECT_EQ(ran.out, Told("fds.leaked")) << ran.err;
}

TEST_F(Explain, WhatThereIsNotIsAnsweredWithTheNearest) {
  ExpectRefused("fds.leakd", "'fds.leakd'", "did you mean 'fds.leaked'?");
  ExpectRefused("quite-something-else", "'quite-something-else'", "plumbline explain lists");
  ExpectRefused("pipe-chain/no-spare-end", "in pipe-chain", "did you mean 'no-spare-ends'?");
  ExpectRefused("pipe-chain/", "''", "plumbline show pipe-chain");
  ExpectRefused("pipe-chian/count", "'pipe-chian'", "did you mean 'pipe-chain'?");
}

TEST_F(Explain, AHiddenCheckIsForTeachers) {
  folder_.Write("mine/exercise.yaml",
                "format: 1\nid: mine\ntopic: pipes\ntitle: {en: M, ca: M, es: M}\nlanguages: [c]\n"
                "scenarios: {plain: {}}\nchecks:\n"
                "  - id: secret-end\n    hidden: until-graded\n    title: {en: E, ca: E, es: E}\n"
                "    fds.leaked: {}\n");
  ExpectRefused("./mine/secret-end", "is hidden", "--audience teacher");
  EXPECT_EQ(Told("./mine/secret-end --audience teacher"), Told("fds.leaked"));
  // Nor is its name found by a slip of the pen.
  ExpectRefused("./mine/secret-edn", "in mine", "plumbline show mine");
}

}  // namespace
}  // namespace plumbline::e2e
