// SPDX-License-Identifier: MIT
// A teacher's own program as a check: asked in a sandbox, its answer kept, its failures told.
#include <gmock/gmock.h>

#include "program.h"

namespace plumbline::e2e {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kExercise[] = R"(format: 1
id: counted
topic: processes
title: {en: Counted, ca: Comptat, es: Contado}
languages: [sh]
scenarios:
  plain: {}
checks:
  - {id: few, title: {en: Few, ca: Pocs, es: Pocos}, external: {program: judges/few.py}}
)";

// As the manual has it, with what only a judge can be wrong in beside it.
constexpr char kJudge[] = R"(#!/usr/bin/env python3
import json, os, sys
run = json.load(sys.stdin)["canonical"]
born = sum(event["kind"] == "born" for event in run["events"]) - 1
answer = {"passed": born <= 1}
if born > 1:
    answer.update(code="too-many", evidence=[str(born), str(sorted(os.listdir("/program")))],
                  what={"en": "Too many children.", "ca": "Massa fills.", "es": "Demasiados hijos."})
print(json.dumps(answer))
)";

class External : public ::testing::Test {
 protected:
  External() {
    folder_.Write("counted/exercise.yaml", kExercise);
    PutJudge(kJudge);
    folder_.Write("one.sh", "sleep 1\n");
    folder_.Write("two.sh", "sleep 1 & sleep 2 & wait\n");
  }

  void PutJudge(const std::string& text) const { folder_.Write("counted/judges/few.py", text); }
  Ran Do(const std::string& line) const { return Shell(line, folder_.path()); }
  static json Grade(const Ran& ran) { return json::parse(ran.out); }

  const Folder folder_;
};

TEST_F(External, JudgesARun) {
  EXPECT_EQ(Do("$P check ./counted one.sh --json").status, 0);
  const Ran lost = Do("$P check ./counted two.sh --json");
  EXPECT_EQ(lost.status, 1) << lost.err;
  const json finding = Grade(lost)["checks"][0]["findings"][0];
  EXPECT_EQ(finding["code"], "too-many");
  EXPECT_EQ(finding["what"], "Too many children.");
  // It sees itself and nothing else of the exercise.
  EXPECT_EQ(finding["evidence"], json({"2", "['few.py']"}));
}

TEST_F(External, SpeaksTheReadersLanguage) {
  EXPECT_THAT(Do("$P check ./counted two.sh --lang ca").out, HasSubstr("Massa fills."));
  EXPECT_THAT(Do("$P check ./counted two.sh --lang es").out, HasSubstr("Demasiados hijos."));
}

TEST_F(External, IsAskedOnceAndAgainWhenItHasChanged) {
  ASSERT_EQ(Do("$P check ./counted two.sh --record kept").status, 1);
  Ran again = Do("$P evaluate ./counted kept --json");
  EXPECT_EQ(again.status, 1) << again.err;
  EXPECT_THAT(Content(folder_.path() / "kept/plain.recording.json"), HasSubstr("too-many"));
  PutJudge("#!/bin/sh\necho '{\"passed\": true}'\n");
  again = Do("$P evaluate ./counted kept --json");
  EXPECT_EQ(again.status, 0) << again.err;
}

struct Failing {
  const char* judge;
  const char* why;
};

TEST_F(External, ThatFailsGivesNoGrade) {
  const Failing all[] = {
      {"#!/bin/sh\necho oops >&2\nexit 3\n", "it ended with status 3: oops"},
      {"#!/bin/sh\nkill -9 $$\n", "signal 9 ended it"},
      {"#!/bin/sh\ntrue\n", "it printed nothing"},
      {"#!/bin/sh\necho passed\n", "what it printed is no JSON object"},
      {"#!/bin/sh\nwhile :; do :; done\n", "it did not end (processor-limit)"},
      {"#!/bin/sh\nhead -c 100000 /dev/zero | tr '\\0' x\n", "it printed more than 65536 bytes"},
      {"#!/nowhere/interpreter\n", "execve: No such file or directory"},
  };
  for (const auto& [judge, why] : all) {
    PutJudge(judge);
    const Ran ran = Do("$P check ./counted one.sh --json");
    EXPECT_EQ(ran.status, 3) << judge << ran.err;
    const json grade = Grade(ran);
    EXPECT_EQ(grade["points"], nullptr) << judge;
    EXPECT_EQ(grade["checks"][0]["verdict"], "error") << judge;
    EXPECT_THAT(grade["checks"][0]["findings"][0]["what"], HasSubstr(why)) << judge;
  }
}

TEST_F(External, CanDoNoHarm) {
  PutJudge("#!/bin/sh\ntouch " + (folder_.path() / "made").string() + " 2>/dev/null\nls " +
           folder_.path().string() +
           " >/dev/null 2>&1 && echo '{\"passed\": false}' || echo '{\"passed\": true}'\n");
  EXPECT_EQ(Do("$P check ./counted one.sh --json").status, 0);
  EXPECT_FALSE(std::filesystem::exists(folder_.path() / "made"));
}

TEST_F(External, GradesAClassAndIsProven) {
  folder_.Write("class/ann/main.sh", "sleep 1\n");
  folder_.Write("class/bob/main.sh", "sleep 1 & sleep 2 & wait\n");
  const Ran graded = Do("$P grade --exercise ./counted --submissions class --gradebook book.db");
  EXPECT_EQ(graded.status, 0) << graded.err;
  const Ran shown = Do("$P gradebook --gradebook book.db");
  EXPECT_THAT(shown.out, HasSubstr("ann")) << shown.err;
  PutJudge("#!/bin/sh\necho '{\"passed\": true}'\n");
  const Ran again = Do("$P regrade --exercise ./counted --gradebook book.db");
  EXPECT_THAT(again.out, HasSubstr("bob, counted: 0 -> 1")) << again.out << again.err;
}

// What a judge says when a class is judged again is in the gradebook, so that it is asked once.
TEST_F(External, IsAskedOnceOfAClass) {
  folder_.Write("class/bob/main.sh", "sleep 1 & sleep 2 & wait\n");
  ASSERT_EQ(Do("$P grade --exercise ./counted --submissions class --gradebook book.db").status, 0);
  const std::string kept = "sqlite3 book.db 'select hex(document) from recording'";
  const std::string before = Do(kept).out;
  ASSERT_FALSE(before.empty());
  // It says the same as the one before, and is another.
  PutJudge(kJudge + std::string("# mended\n"));
  const std::string again = "$P regrade --exercise ./counted --gradebook book.db";
  EXPECT_EQ(Do(again).status, 0);
  const std::string after = Do(kept).out;
  EXPECT_NE(after, before);
  EXPECT_EQ(Do(again).status, 0);
  EXPECT_EQ(Do(kept).out, after);
}

}  // namespace
}  // namespace plumbline::e2e
