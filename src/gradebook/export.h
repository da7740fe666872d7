// SPDX-License-Identifier: MIT
// Marks as CSV, for other systems. Every field that is written is safe in a spreadsheet (csv.h).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gradebook/gradebook.h"

namespace plumbline::gradebook {

// What is to be told: the students, the exercises, and the marks of both.
struct Book {
  std::vector<Student> students;
  std::vector<ExerciseRow> exercises;
  Gradebook::Marks marks;
};
Result<Book> ReadBook(Gradebook& gradebook);

// One line a student: id, name, email, section, a column for each exercise.
std::string ToCsv(const Book& book);
// As Canvas imports it: "Student, ID, SIS User ID, SIS Login ID, Section" and the exercises, a line
// "Points Possible" before the students.
std::string ToCanvas(const Book& book);
// Fills the gradebook that Canvas exported: the columns of assignments that are called as an
// exercise (or its id), "Pipes (4711)"; what has no column gets one. Students are found by their
// SIS ids or their name. The rest stays as it is. Fails for a file that is none; `unknown`: who is
// not in the book.
Result<std::string> ToCanvas(const Book& book, std::string_view worksheet,
                             std::vector<std::string>& unknown);
// Fills the column of points of a worksheet that Moodle made for one assignment (its columns have
// the names of the site's language: the one that is called Grade, Qualificació or Calificación).
// Students are found by their e-mail address, their id or their name; scaled to the maximum that
// the worksheet states, if it states one. Fails for a file without such a column, and for an
// exercise that is not in the book. `unknown`: of the worksheet, who is not in the book.
Result<std::string> ToMoodle(const Book& book, const std::string& exercise,
                             std::string_view worksheet, std::vector<std::string>& unknown);

// "12", "11.5": two decimals at most.
std::string PointsText(double points);

}  // namespace plumbline::gradebook
