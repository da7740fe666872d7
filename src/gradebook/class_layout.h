// SPDX-License-Identifier: MIT
// Where the submissions of a class are: a folder of folders, files or archives, as teachers have
// them and as learning platforms give them.
//
//   STUDENT/…                                      a folder each, with a subfolder for each
//   exercise
//                                                  or without
//   STUDENT.zip, STUDENT.tar.gz, STUDENT.c …       an archive or a file each
//   NAME_NUMBER_assignsubmission_file_/…           Moodle, "Download all submissions"
//   submission_NUMBER/…, submission_metadata.yml   Gradescope, "Export submissions"
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "base/error.h"
#include "gradebook/roster.h"

namespace plumbline::gradebook {

// What one student handed in for one exercise. A group's is that of each of its members.
struct HandedIn {
  Student student;
  std::string exercise;
  std::filesystem::path path;                       // of the folder, archive or file
  std::chrono::system_clock::time_point submitted;  // the latest change of a file of it
};

struct ClassLayout {
  std::vector<HandedIn> all;       // by student and exercise
  std::vector<std::string> notes;  // what was found and left out, and why
};

// `roster`: if it is not empty, students are those in it, and others are left out with a note.
// `exercises`: ids, at least one. Fails if the folder cannot be read or is empty.
Result<ClassLayout> FindSubmissions(const std::filesystem::path& folder,
                                    const std::vector<std::string>& exercises,
                                    const std::vector<Student>& roster);

}  // namespace plumbline::gradebook
