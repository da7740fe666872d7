// SPDX-License-Identifier: MIT
// Where the submissions of a class are: a folder of folders, files or archives, as teachers have
// them and as learning platforms give them.
//
//   STUDENT/…                                      a folder each, with a subfolder of each exercise
//                                                  or without; of one with nothing but an archive
//                                                  in it, the archive is the submission
//   STUDENT.zip, STUDENT.tar.gz, STUDENT.c …       an archive or a file each
//   NAME_NUMBER_assignsubmission_file_/…           Moodle, "Download all submissions"
//   NAME_NUMBER_assignsubmission_file_main.c, …    the same, not "in folders": all of one NUMBER
//                                                  are one submission. Text that was written online
//                                                  counts only where there is no file
//   submission_NUMBER/…, submission_metadata.yml   Gradescope, "Export submissions"
#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "gradebook/roster.h"

namespace plumbline::gradebook {

// What one student handed in for one exercise. A group's is that of each of its members.
struct HandedIn {
  Student student;
  std::string exercise;
  std::filesystem::path path;  // of the folder, archive or file
  std::string source;          // the same for people, and for the gradebook
  // As the platform says; where it does not, the latest change of a file of it.
  std::chrono::system_clock::time_point submitted;
  // Of files that belong together and do not lie in a folder of their own, what each is called, and
  // its path. `path` is the first one's then.
  std::map<std::string, std::filesystem::path> parts = {};
  std::optional<Error> failure =
      {};  // why the machine could not get it: there is nothing at `path`
};

struct ClassLayout {
  std::vector<HandedIn> all;       // by student, exercise and time
  std::vector<std::string> notes;  // what was found and left out, and why
};

// `roster`: if it is not empty, students are those in it, and others are left out with a note.
// `exercises`: ids, at least one. `shown`: what the folder is called for people. Fails if it cannot
// be read or is empty.
Result<ClassLayout> FindSubmissions(const std::filesystem::path& folder,
                                    const std::vector<std::string>& exercises,
                                    const std::vector<Student>& roster, const std::string& shown);

// Where the students are in a folder that an archive was unpacked to: it, or the folder that alone
// is in it, as whoever packs a folder makes it. That one is a student's, though, if the roster has
// her, if it is called as Moodle and Gradescope call a student's, or if what is in it is her work:
// files, or a folder of an exercise. `archive`: its name, which the folder of a class may have.
std::filesystem::path FolderOfClass(const std::filesystem::path& unpacked,
                                    const std::filesystem::path& archive,
                                    const std::vector<std::string>& exercises,
                                    const std::vector<Student>& roster);

// What was found elsewhere, such as in a repository.
struct Found {
  std::string name;  // the word for the student
  std::filesystem::path path;
  std::string source;
  std::optional<Error> failure = {};                                    // it was not: why
  std::map<std::string, std::filesystem::path> parts = {};              // HandedIn::parts
  std::optional<std::chrono::system_clock::time_point> submitted = {};  // if it is known
};
// The same for those, in the order of students and exercises.
ClassLayout LayOut(const std::vector<Found>& all, const std::vector<std::string>& exercises,
                   const std::vector<Student>& roster);

}  // namespace plumbline::gradebook
