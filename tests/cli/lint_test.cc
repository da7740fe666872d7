// SPDX-License-Identifier: MIT
// What `plumbline lint` and `plumbline schema` print, and how they end.
#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "cli/commands.h"

namespace plumbline::cli {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;

struct Said {
  int status = 0;
  std::string out;
  std::string err;
};

Said Saying(Outcome<Exit> (*command)(const Options&), const Options& options) {
  testing::internal::CaptureStdout();
  testing::internal::CaptureStderr();
  const Outcome<Exit> outcome = command(options);
  Said said;
  said.out = testing::internal::GetCapturedStdout();
  said.err = testing::internal::GetCapturedStderr();
  said.status = outcome ? static_cast<int>(*outcome) : outcome.error().status;
  if (!outcome) said.err += outcome.error().text;
  return said;
}

class Lint : public testing::Test {
 protected:
  void SetUp() override {
    const std::string test = testing::UnitTest::GetInstance()->current_test_info()->name();
    root_ = fs::path(testing::TempDir()) / "lint" / test;
    fs::remove_all(root_);
  }

  // An exercise with this check and the scenario `plain: {BODY}`.
  void Write(const std::string& id, const std::string& check, const std::string& body = "") {
    fs::create_directories(root_ / id);
    std::ofstream(root_ / id / "exercise.yaml")
        << "format: 1\nid: " << id << "\ntopic: pipes\ntitle: {en: X}\nlanguages: [c]\n"
        << "scenarios: {plain: {" << body << "}}\nchecks:\n  - {id: ends, " << check << "}\n";
  }
  void Expect(const std::string& id, const std::string& wrong, const std::string& text) {
    fs::create_directories(root_ / id / "wrong" / wrong);
    std::ofstream(root_ / id / "wrong" / wrong / "expect.yaml") << text;
  }
  Said Of(std::vector<std::string> words, bool json = false) const {
    Options options;
    options.exercises = std::move(words);
    options.exercises_folder = root_;
    options.json = json;
    return Saying(RunLint, options);
  }

  fs::path root_;
};

TEST_F(Lint, SaysThatThereAreNoMistakes) {
  Write("good", "processes.exit: {}");
  const Said said = Of({"good", (root_ / "good").string()});
  EXPECT_EQ(said.status, 0);
  EXPECT_EQ(said.out, "good: no mistakes\n" + (root_ / "good").string() + ": no mistakes\n");
  EXPECT_EQ(said.err, "");
}

TEST_F(Lint, ShowsEachMistakeAndGoesOn) {
  Write("good", "processes.exit: {}");
  Write("bad", "points: 0, processes.exot: {}");
  const Said said = Of({"bad", "good"});
  EXPECT_EQ(said.status, 2);
  EXPECT_EQ(said.out, "bad: 2 mistakes\ngood: no mistakes\n");
  EXPECT_THAT(said.err, AllOf(HasSubstr("bad/exercise.yaml:8:24: error: expected points from 1"),
                              HasSubstr("  - {id: ends, points: 0, processes.exot: {}}\n"),
                              HasSubstr("did you mean 'processes.exit'?")));
}

TEST_F(Lint, LooksAtExpectationsToo) {
  Write("good", "processes.exit: {}");
  Expect("good", "fine", "loses: [ends]\n");
  Expect("good", "typo", "loses: [end]\n");
  fs::create_directories(root_ / "good/wrong/empty");
  const Said said = Of({"good"});
  EXPECT_EQ(said.status, 2);
  EXPECT_EQ(said.out, "good: 2 mistakes\n");
  EXPECT_THAT(said.err,
              AllOf(HasSubstr("wrong/typo/expect.yaml:1:9: error: there is no check 'end'"),
                    HasSubstr("wrong/empty/expect.yaml: error: ")));
}

TEST_F(Lint, NotesWhatIsHardlyMeant) {
  Write("odd", "processes.exit: {}", "steps: [snapshot: a, await: exit]");
  EXPECT_THAT(Of({"odd"}).err,
              HasSubstr("6:29: note: no check looks at the snapshot 'a' [unused-"));
}

TEST_F(Lint, WritesOneDocument) {
  Write("bad", "points: 0, processes.exit: {}");
  Write("odd", "processes.exit: {}", "steps: [snapshot: a, await: exit]");
  const Said said = Of({"bad", "odd"}, true);
  EXPECT_EQ(said.status, 2);
  EXPECT_EQ(said.err, "");
  const auto document = nlohmann::json::parse(said.out);
  ASSERT_EQ(document.size(), 2u);
  EXPECT_EQ(document[0]["severity"], "error");
  EXPECT_EQ(document[0]["code"], "out-of-range");
  EXPECT_EQ(document[0]["line"], 8);
  EXPECT_EQ(document[1]["severity"], "note");
  EXPECT_EQ(document[1]["code"], "unused-snapshot");
}

TEST_F(Lint, RefusesWhatIsNoExercise) {
  Write("good", "processes.exit: {}");
  const Said said = Of({"goood"});
  EXPECT_EQ(said.status, 2);
  EXPECT_THAT(said.err, HasSubstr("did you mean 'good'?"));
}

TEST(Schema, IsADocument) {
  const Said said = Saying(RunSchema, {});
  EXPECT_EQ(said.status, 0);
  EXPECT_TRUE(said.out.ends_with("}\n"));
  const auto schema = nlohmann::json::parse(said.out);
  EXPECT_EQ(schema["$schema"], "http://json-schema.org/draft-07/schema#");
  EXPECT_TRUE(schema["definitions"].contains("fds.wired"));
}

}  // namespace
}  // namespace plumbline::cli
