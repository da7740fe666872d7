// SPDX-License-Identifier: MIT
#include "graders/external/external_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "evaluate/external_judge.h"
#include "tests/support/judging.h"
#include "tests/support/recording_builder.h"

namespace plumbline::testing {
namespace {

using evaluate::JudgeKey;
using evaluate::NoJudgement;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

const std::string kProgram = "#!/bin/sh\n";

class ExternalCheck : public ::testing::Test {
 protected:
  ExternalCheck() {
    use_.With("program", "judge.sh");
    use_.exercise().judges["judge.sh"] = kProgram;
  }

  // What comes of a run of which the judge said this.
  std::string Of(const std::string& said) { return Kept(JudgeKey(kProgram), said); }
  std::string Kept(const std::string& key, const std::string& said) {
    RecordingBuilder b;
    b.Exit(b.Start("submission", "/lab/one"));
    record::Recording recording = b.Build();
    if (!said.empty()) recording.judgements[key] = said;
    return use_.On(recording);
  }

  Use use_ = Use(graders::external::External());
};

TEST_F(ExternalCheck, PassesWhenTheProgramSaysSo) {
  EXPECT_EQ(Of(R"({"passed": true})"), "pass");
  EXPECT_EQ(Of("  {\"passed\": true, \"what\": \"nothing of interest\"}\n"), "pass");
}

TEST_F(ExternalCheck, TellsWhatTheProgramFound) {
  EXPECT_EQ(Of(R"({"passed": false, "code": "too-many", "what": "There were 5 children.",
                   "evidence": ["one", "two"], "why": "A loop too far.", "next": "Count again.",
                   "location": {"file": "main.c", "line": 12}})"),
            "too-many");
  EXPECT_EQ(use_.told(), "There were 5 children.\none\ntwo\nA loop too far.\nCount again.");
  ASSERT_TRUE(use_.finding().location);
  EXPECT_EQ(use_.finding().location->file, "main.c");
  EXPECT_EQ(use_.finding().location->line, 12);
}

TEST_F(ExternalCheck, NeedsNoWords) {
  EXPECT_EQ(Of(R"({"passed": false})"), "refused");
  EXPECT_THAT(use_.told(), StartsWith("judge.sh, a check of your teacher's, is not content"));
}

TEST_F(ExternalCheck, TakesTextsInEachLanguage) {
  EXPECT_EQ(Of(R"({"passed": false, "what": {"en": "Late.", "ca": "Tard.", "es": "Tarde."}})"),
            "refused");
  const auto& args = use_.finding().what.args;
  ASSERT_EQ(args.size(), 3U);
  EXPECT_EQ(args[0].text, "Late.");
  EXPECT_EQ(args[1].name, "text.ca");
  EXPECT_EQ(args[1].text, "Tard.");
}

TEST_F(ExternalCheck, EscapesWhatAStudentMayHaveWritten) {
  Of("{\"passed\": false, \"what\": \"\\u001b[31m\", \"evidence\": \"a\\nb\"}");
  EXPECT_THAT(use_.told(), StartsWith("\\x1b[31m\na\\nb"));
}

TEST_F(ExternalCheck, IsAnErrorWhenTheProgramSaysNothingSensible) {
  for (const char* said :
       {"no JSON", "[]", "{}", R"({"passed": "yes"})", R"({"passed": false, "code": "Too Many"})",
        R"({"passed": false, "what": 3})", R"({"passed": false, "what": {"ca": "Tard."}})",
        R"({"passed": false, "evidence": [1]})", R"({"passed": true, "location": {}})",
        R"({"passed": false, "location": {"file": "main.c", "line": -1}})"}) {
    EXPECT_EQ(Of(said), "unjudgeable") << said;
    EXPECT_THAT(use_.told(), StartsWith("The judge judge.sh gave no judgement: ")) << said;
  }
}

TEST_F(ExternalCheck, SaysHowTheProgramFailed) {
  EXPECT_EQ(Of(NoJudgement("it ended with status 3: \x1b oops")), "unjudgeable");
  EXPECT_THAT(use_.told(), HasSubstr("it ended with status 3: \\x1b oops."));
}

TEST_F(ExternalCheck, IsAnErrorWhenTheProgramWasNotAsked) {
  EXPECT_EQ(Of(""), "unjudgeable");
  EXPECT_THAT(use_.told(), HasSubstr("it was not asked about this run"));
  // Another program, or the same as it was before somebody changed it.
  EXPECT_EQ(Kept(JudgeKey("#!/bin/bash\n"), R"({"passed": true})"), "unjudgeable");
}

TEST_F(ExternalCheck, IsUnjudgeableWhereLessWasObserved) {
  RecordingBuilder b;
  b.Observed({});
  record::Recording recording = b.Build();
  recording.judgements[JudgeKey(kProgram)] = R"({"passed": true})";
  EXPECT_EQ(use_.On(recording), "unjudgeable");
}

}  // namespace
}  // namespace plumbline::testing
