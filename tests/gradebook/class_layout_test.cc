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
    const auto layout = FindSubmissions(root_, exercises, roster, root_.string());
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

TEST_F(Layout, IsMoodlesWithoutFolders) {
  Write("Anna Puig_12345_assignsubmission_file_main.c");
  Write("Anna Puig_12345_assignsubmission_file_util.c");
  Write("Anna Puig_12345_assignsubmission_onlinetext.html");
  Write("Joan Mas_12346_assignsubmission_file_work.zip");
  Write("Mar Vila_12347_assignsubmission_onlinetext_/onlinetext.html");
  EXPECT_THAT(Found({"pipes"}),
              ElementsAre("Anna Puig pipes Anna Puig_12345_assignsubmission_file_main.c",
                          "Joan Mas pipes Joan Mas_12346_assignsubmission_file_work.zip",
                          "Mar Vila pipes Mar Vila_12347_assignsubmission_onlinetext_"));
  const auto layout = FindSubmissions(root_, {"pipes"}, {}, "class");
  std::vector<std::string> names;
  for (const auto& [name, path] : layout->all[0].parts) names.push_back(name);
  EXPECT_THAT(names, ElementsAre("main.c", "util.c"));
  EXPECT_THAT(layout->all[1].parts, IsEmpty());
}

TEST_F(Layout, SaysWhereTwoHaveOneName) {
  Write("Anna Puig/main.c");
  const std::vector<Student> roster{{"u1", "Anna Puig", "", ""}, {"u2", "anna puig", "", ""}};
  EXPECT_THAT(Found({"pipes"}, roster), IsEmpty());
  EXPECT_THAT(notes_, ElementsAre(HasSubstr("more than one of that name in the roster")));
}

TEST_F(Layout, HasGradescopesTimes) {
  for (const char* name : {"submission_1", "submission_2", "submission_3", "submission_4"})
    Write(std::string(name) + "/main.c");
  Write("submission_metadata.yml",
        "submission_1: {\":created_at\": 2026-11-01 10:00:00.123456789 Z}\n"
        "submission_2: {\":created_at\": 2026-11-01T10:00:00+01:00}\n"
        "submission_3: {\":created_at\": 2026-11-01 10:00:00 -0230}\n"
        "submission_4: {\":created_at\": 2026-02-31 10:00:00 Z}\n");
  const auto layout = FindSubmissions(root_, {"pipes"}, {}, "class");
  ASSERT_TRUE(layout) << layout.error().message;
  ASSERT_EQ(layout->all.size(), 4U);
  const auto at = [&](size_t i) {
    return std::chrono::system_clock::to_time_t(layout->all[i].submitted);
  };
  EXPECT_EQ(at(0), 1793527200);
  EXPECT_EQ(at(1), 1793523600);
  EXPECT_EQ(at(2), 1793536200);
  EXPECT_GT(at(3), 1500000000) << "when the files were changed";
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

// What was uploaded as an archive lies in a folder of the platform's.
TEST_F(Layout, MayHaveAnArchiveInAFolder) {
  Write("Anna Puig_12345_assignsubmission_file_/work.zip");
  Write("Joan Mas_12346_assignsubmission_file_/work.zip");
  Write("Joan Mas_12346_assignsubmission_file_/main.c");
  Write("mar/pipes/mar.tar.gz");
  Write("mar/pipes/.DS_Store");
  EXPECT_THAT(Found({"pipes"}),
              ElementsAre("Anna Puig pipes Anna Puig_12345_assignsubmission_file_/work.zip",
                          "Joan Mas pipes Joan Mas_12346_assignsubmission_file_",
                          "mar pipes mar/pipes/mar.tar.gz"));
}

TEST_F(Layout, SaysWhereItWasFound) {
  Write("anna/pipes/main.c");
  const auto layout = FindSubmissions(root_, {"pipes"}, {}, "class.zip");
  ASSERT_TRUE(layout);
  ASSERT_EQ(layout->all.size(), 1U);
  EXPECT_EQ(layout->all[0].source, "class.zip/anna/pipes");
}

TEST_F(Layout, IsLaidOutFromElsewhere) {
  Write("0/main.c");
  Write("1/pipes/main.c");
  const std::vector<gradebook::Found> all{{"anna", root_ / "0", "https://x/anna@1"},
                                          {"joan", root_ / "1", "https://x/joan@2"},
                                          {"mar", root_ / "2", "https://x/mar@3"}};
  const ClassLayout layout = LayOut(all, {"pipes"}, {{"u1", "Joan"}, {"u2", "Anna"}});
  std::vector<std::string> found;
  for (const HandedIn& one : layout.all) found.push_back(one.student.id + " " + one.source);
  EXPECT_THAT(found, ElementsAre("u1 https://x/joan@2/pipes", "u2 https://x/anna@1"));
  EXPECT_THAT(layout.notes, ElementsAre(HasSubstr("mar: nobody of that name in the roster")));
}

TEST_F(Layout, IsInTheOnlyFolderOfAnArchive) {
  const auto of_class = [&](const std::string& archive, const std::vector<Student>& roster) {
    return FolderOfClass(root_, archive, {"pipes"}, roster).lexically_relative(root_).string();
  };
  Write("handed-in/anna/main.c");
  EXPECT_EQ(of_class("all.zip", {}), "handed-in");
  EXPECT_EQ(of_class("all.zip", {{"u1", "Handed-In"}}), ".") << "she is called so";
  Write("handed-in/pipes/main.c");
  EXPECT_EQ(of_class("all.zip", {}), ".") << "an exercise's folder is a student's work";
  Write("joan/main.c");
  EXPECT_EQ(of_class("all.zip", {}), ".");
}

TEST_F(Layout, IsAStudentsWorkWhereFilesAreAlone) {
  const auto of_class = [&](const std::string& archive) {
    return FolderOfClass(root_, archive, {"pipes"}, {}).lexically_relative(root_).string();
  };
  Write("anna/main.c");
  EXPECT_EQ(of_class("class.zip"), ".");
  EXPECT_EQ(of_class("anna.zip"), "anna") << "one file of each student";
  fs::rename(root_ / "anna", root_ / "submission_7");
  Write("submission_7/lib/a.h");
  EXPECT_EQ(of_class("class.zip"), ".");
  fs::rename(root_ / "submission_7", root_ / "export");
  Write("export/submission_metadata.yml");
  EXPECT_EQ(of_class("class.zip"), "export");
}

TEST_F(Layout, TellsWhatIsMissing) {
  EXPECT_THAT(Found({"pipes"}), ElementsAre(HasSubstr("there is nothing in it")));
  EXPECT_THAT(FindSubmissions(root_ / "none", {"pipes"}, {}, "none").error().message,
              HasSubstr("there is no such folder"));
}

}  // namespace
}  // namespace plumbline::gradebook
