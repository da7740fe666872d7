// SPDX-License-Identifier: MIT
// A class of students, and an exercise for it: print three, end with status 3.
#pragma once

#include <string>

#include "program.h"

namespace plumbline::e2e {

class Classroom : public ::testing::Test {
 protected:
  static constexpr const char* kRight = "echo three\nexit 3\n";
  static constexpr const char* kHalf = "echo three\n";

  Classroom() { WriteExercise("3"); }
  // `status`: what the program must end with.
  void WriteExercise(const std::string& status, const std::string& plain = "") const {
    (void)folder_.Write("three/exercise.yaml",
                        "format: 1\nid: three\ntopic: processes\ntitle: {en: Three}\n"
                        "languages: [sh]\nscenarios: {plain: {" +
                            plain +
                            "}}\nchecks:\n"
                            "  - {id: says, output.text: {lines: [three]}}\n"
                            "  - {id: status, points: 2, processes.exit: {status: " +
                            status + "}}\n");
  }
  void Hand(const std::string& name, const std::string& text) const {
    (void)folder_.Write("class/" + name, text);
  }
  Ran Do(const std::string& line) const { return Shell(line, folder_.path()); }
  Ran Grade(const std::string& more = "") const {
    return Do("$P grade --exercise three --submissions class " + more);
  }
  nlohmann::json Marks() const {
    nlohmann::json marks;
    const nlohmann::json book = nlohmann::json::parse(Do("$P gradebook --json").out);
    for (const nlohmann::json& student : book.at("students"))
      marks[student.at("id").get<std::string>()] = student.at("marks").at("three").at("points");
    return marks;
  }

  Folder folder_;
};

}  // namespace plumbline::e2e
