// SPDX-License-Identifier: MIT
#include "gradebook/class_layout.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

namespace plumbline::gradebook {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class Layout : public ::testing::Test {
 protected:
  Layout() {
    std::string name = ::testing::TempDir() + "plumbline-class-XXXXXX";
    root_ = ::mkdtemp(name.data());
  }
  ~Layout() override { fs::remove_all(root_); }
  void Write(const std::string& name, const std::string& text = "x") const {
    fs::create_directories((root_ / name).parent_path());
    std::ofstream(root_ / name) << text;
  }
  // "student exercise path" of each.
  std::vector<std::string> Found(const std::vector<std::string>& exercises,
                                 const std::vector<Student>& roster = {}) {
    const auto layout = FindSubmissions(root_, exercises, roster);
    if (!layout) return {layout.error().message};
    notes_ = layout->notes;
    std::vector<std::string> found;
    for (const HandedIn& one : layout->all)
      found.push_back(one.student.id + " " + one.exercise + " " +
                      one.path.lexically_relative(root_).string());
    return found;
  }
  fs::path root_;
  std::vector<std::string> notes_;
};

TEST_F(Layout, IsAFolderEach) {
  Write("anna/main.c");
  Write("joan/main.c");
  Write(".git/config");
  EXPECT_THAT(Found({"pipes"}), ElementsAre("anna pipes anna", "joan pipes joan"));
}

TEST_F(Layout, MayHaveAFolderOfEachExercise) {
  Write("anna/pipes/main.c");
  Write("anna/fork/main.c");
  Write("joan/fork/main.c");
  Write("mar/main.c");
  EXPECT_THAT(Found({"pipes", "fork"}),
              ElementsAre("anna fork anna/fork", "anna pipes anna/pipes", "joan fork joan/fork"));
  EXPECT_THAT(notes_, ElementsAre("mar: has no folder of an exercise's name; left out"));
}

TEST_F(Layout, IsAnArchiveOrAFileEach) {
  Write("anna.zip");
  Write("joan.tar.gz");
  Write("mar.c");
  EXPECT_THAT(Found({"pipes"}),
              ElementsAre("anna pipes anna.zip", "joan pipes joan.tar.gz", "mar pipes mar.c"));
}

TEST_F(Layout, IsMoodles) {
  Write("Anna Puig_12345_assignsubmission_file_/main.c");
  Write("Joan Mas_12346_assignsubmission_file_/main.c");
  const std::vector<Student> roster{{"u1", "Anna Puig", "", ""}};
  EXPECT_THAT(Found({"pipes"}, roster),
              ElementsAre("u1 pipes Anna Puig_12345_assignsubmission_file_"));
  EXPECT_THAT(notes_, ElementsAre(HasSubstr("nobody of that name in the roster")));
}

TEST_F(Layout, IsGradescopes) {
  Write("submission_7/main.c");
  Write("submission_metadata.yml",
        "submission_7:\n  :submitters:\n  - :name: Anna Puig\n    :sid: u1\n    :email: a@x\n"
        "  - :name: Joan Mas\n    :sid: u2\n    :email: j@x\n  :score: 0.0\n");
  EXPECT_THAT(Found({"pipes"}), ElementsAre("u1 pipes submission_7", "u2 pipes submission_7"));
}

TEST_F(Layout, GoesByNamesWhereGradescopesListIsBroken) {
  Write("submission_7/main.c");
  Write("submission_metadata.yml", "submission_7: [\n");
  EXPECT_THAT(Found({"pipes"}), ElementsAre("submission_7 pipes submission_7"));
  EXPECT_THAT(notes_, ElementsAre(HasSubstr("cannot be read")));
}

TEST_F(Layout, TellsWhatIsMissing) {
  EXPECT_THAT(Found({"pipes"}), ElementsAre(HasSubstr("there is nothing in it")));
  EXPECT_THAT(FindSubmissions(root_ / "none", {"pipes"}, {}).error().message,
              HasSubstr("there is no such folder"));
}

}  // namespace
}  // namespace plumbline::gradebook
