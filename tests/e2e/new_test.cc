// SPDX-License-Identifier: MIT
// A teacher's first exercise: what `new` writes is proven as it is, whatever the topic.
#include <gmock/gmock.h>

#include <set>

#include "program.h"

namespace plumbline::e2e {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

const std::string kTopics[] = {"fds",       "files",     "memory",  "output", "pipes",
                               "processes", "resources", "signals", "sockets"};

class New : public ::testing::Test {
 protected:
  Ran Do(const std::string& line) const { return Shell(line, folder_.path()); }
  void ExpectRefused(const std::string& line, const std::string& what) const {
    const Ran ran = Do(line);
    EXPECT_EQ(ran.status, 2) << line;
    EXPECT_THAT(ran.out, IsEmpty()) << line;
    EXPECT_THAT(ran.err, HasSubstr(what)) << line;
  }
  // Nothing half-written is left either.
  std::set<std::string> Names() const {
    std::set<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder_.path()))
      names.insert(entry.path().filename());
    return names;
  }
  const Folder folder_;
};

class NewOf : public New, public ::testing::WithParamInterface<std::string> {};

TEST_P(NewOf, IsProven) {
  const std::string id = "my-" + GetParam();
  const Ran made = Do("$P new " + id + " --topic " + GetParam());
  ASSERT_EQ(made.status, 0) << made.err;
  EXPECT_THAT(made.out, HasSubstr("made " + id + "/exercise.yaml\n"));
  const Ran verified = Do("$P verify ./" + id + " --json");
  EXPECT_EQ(verified.status, 0) << verified.out << verified.err;
  for (const auto& entry : fs::recursive_directory_iterator(folder_.path() / id)) {
    if (!entry.is_regular_file()) continue;
    EXPECT_THAT(Content(entry.path()), Not(HasSubstr("SKELETON"))) << entry.path();
  }
}

INSTANTIATE_TEST_SUITE_P(Each, NewOf, ::testing::ValuesIn(std::begin(kTopics), std::end(kTopics)),
                         [](const auto& info) { return info.param; });

TEST_F(New, GoesWhereExercisesAre) {
  fs::create_directories(folder_.path() / "exercises");
  ASSERT_EQ(Do("$P new one --topic pipes").status, 0);
  EXPECT_TRUE(fs::exists(folder_.path() / "exercises/one/exercise.yaml"));
  ASSERT_EQ(Do("$P new two --topic fds --exercises labs").status, 0);
  EXPECT_TRUE(fs::exists(folder_.path() / "labs/two/exercise.yaml"));
  ASSERT_EQ(Do("$P new labs/three/ --topic files").status, 0);
  EXPECT_TRUE(fs::exists(folder_.path() / "labs/three/exercise.yaml"));
  EXPECT_EQ(Do("$P verify --no-mutants labs").status, 0);
}

// The first line of the file leads an editor to it.
TEST_F(New, BringsTheSchema) {
  ASSERT_EQ(Do("$P new labs/one --topic pipes").status, 0);
  const std::string schema = Content(folder_.path() / "labs/exercise.schema.json");
  EXPECT_EQ(json::parse(schema), json::parse(Do("$P schema").out));
  folder_.Write("labs/exercise.schema.json", "{}");
  ASSERT_EQ(Do("$P new labs/two --topic pipes").status, 0);
  EXPECT_EQ(Content(folder_.path() / "labs/exercise.schema.json"), "{}");
}

TEST_F(New, OverwritesNothing) {
  folder_.Write("one/mine", "mine");
  folder_.Write("two", "mine");
  const auto before = Names();
  ExpectRefused("$P new one --topic pipes", "one is there already, and nothing was written");
  ExpectRefused("$P new two --topic pipes", "two is there already");
  EXPECT_EQ(Names(), before);
}

TEST_F(New, SaysWhatIsMissing) {
  ExpectRefused("$P new one", "what is it about?");
  std::string all;  // each of which is proven above
  for (const std::string& topic : kTopics) all += (all.empty() ? "" : ", ") + topic;
  ExpectRefused("$P new one", "add --topic and one of " + all + "\n");
  ExpectRefused("$P new one --topic pipe", "did you mean 'pipes'?");
  ExpectRefused("$P new one --topic all", "there is no topic 'all'");
  ExpectRefused("$P new 'one two' --topic pipes", "'one two' is no name for an exercise");
  ExpectRefused("$P new .. --topic pipes", "is no name for an exercise");
  ExpectRefused("$P new", "EXERCISE");
  EXPECT_THAT(Names(), IsEmpty());
}

TEST_F(New, LeavesNothingHalfWritten) {
  folder_.Write("file", "");
  const Ran ran = Do("$P new file/one --topic pipes");
  EXPECT_EQ(ran.status, 3);
  EXPECT_THAT(ran.err, HasSubstr("file"));
  EXPECT_EQ(Names(), std::set<std::string>{"file"});
}

}  // namespace
}  // namespace plumbline::e2e
