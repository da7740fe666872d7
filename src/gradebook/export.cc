// SPDX-License-Identifier: MIT
#include "gradebook/export.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cmath>
#include <initializer_list>
#include <utility>

#include "base/number.h"
#include "gradebook/csv.h"

namespace plumbline::gradebook {
namespace {

std::string TextOf(const Mark& mark) { return mark.points ? PointsText(*mark.points) : ""; }

// The column whose name is, or begins with, one of these words.
std::optional<size_t> ColumnOf(const Row& header, std::initializer_list<const char*> words) {
  for (size_t i = 0; i < header.size(); ++i) {
    for (const char* word : words) {
      if (header[i].starts_with(word)) return i;
    }
  }
  return std::nullopt;
}

std::string In(const Row& row, std::optional<size_t> column) {
  return column && *column < row.size() ? row[*column] : std::string();
}

// As other languages write it, too: "100,00". 0 if there is none.
double MaximumIn(std::string text) {
  std::ranges::replace(text, ',', '.');
  return NumberIn<double>(text).value_or(0);
}

// Of two of the same title, each with its id.
std::string TitleIn(const Book& book, const ExerciseRow& exercise) {
  if (exercise.title.empty()) return exercise.id;
  const auto same = std::ranges::count(book.exercises, exercise.title, &ExerciseRow::title);
  return same > 1 ? exercise.title + " [" + exercise.id + "]" : exercise.title;
}

// Canvas writes "Title (4711)"; the size of the header if there is none of these titles.
size_t CanvasColumn(const Row& header, std::initializer_list<std::string> titles) {
  for (size_t i = 0; i < header.size(); ++i) {
    for (const std::string& title : titles) {
      if (title.empty() || !header[i].starts_with(title)) continue;
      const std::string_view rest = std::string_view(header[i]).substr(title.size());
      if (rest.empty() || (rest.starts_with(" (") && rest.ends_with(')'))) return i;
    }
  }
  return header.size();
}

}  // namespace

std::string PointsText(double points) {
  std::array<char, 64> text{};
  const double rounded = std::round(points * 100) / 100;
  const auto [end, error] = std::to_chars(text.data(), text.data() + text.size(), rounded);
  return {text.data(), end};
}

Result<Book> ReadBook(Gradebook& gradebook) {
  Book book;
  TRY_ASSIGN(book.students, gradebook.Students());
  TRY_ASSIGN(book.exercises, gradebook.Exercises());
  TRY_ASSIGN(book.marks, gradebook.AllMarks());
  return book;
}

std::string ToCsv(const Book& book) {
  Row header{"id", "name", "email", "section"};
  for (const ExerciseRow& exercise : book.exercises) header.push_back(exercise.id);
  std::string text = CsvLine(header);
  for (const Student& student : book.students) {
    Row row{student.id, student.name, student.email, student.section};
    for (const ExerciseRow& exercise : book.exercises)
      row.push_back(TextOf(book.marks.at({student.id, exercise.id})));
    text += CsvLine(row);
  }
  return text;
}

std::string ToCanvas(const Book& book) {
  Row header{"Student", "ID", "SIS User ID", "SIS Login ID", "Section"};
  Row possible{"Points Possible", "", "", "", ""};
  for (const ExerciseRow& exercise : book.exercises) {
    header.push_back(TitleIn(book, exercise));
    possible.push_back(std::to_string(exercise.max_points));
  }
  std::string text = CsvLine(header) + CsvLine(possible);
  for (const Student& student : book.students) {
    Row row{student.name.empty() ? student.id : student.name, "", student.id, student.email,
            student.section};
    for (const ExerciseRow& exercise : book.exercises)
      row.push_back(TextOf(book.marks.at({student.id, exercise.id})));
    text += CsvLine(row);
  }
  return text;
}

Result<std::string> ToCanvas(const Book& book, std::string_view worksheet,
                             std::vector<std::string>& unknown) {
  const char separator = SeparatorOf(worksheet);
  TRY_ASSIGN(std::vector<Row> rows, ParseCsv(worksheet, separator));
  if (rows.empty() || !ColumnOf(rows.front(), {"Student"}) || !ColumnOf(rows.front(), {"ID"}))
    return Fail("it is no gradebook of Canvas: there are no columns Student and ID",
                "download it: Grades, Export");
  Row& header = rows.front();
  const auto name = ColumnOf(header, {"Student"});
  const auto id = ColumnOf(header, {"SIS User ID"});
  const auto login = ColumnOf(header, {"SIS Login ID"});
  std::vector<size_t> columns;
  for (const ExerciseRow& exercise : book.exercises) {
    columns.push_back(CanvasColumn(header, {exercise.title, exercise.id}));
    if (columns.back() == header.size()) header.push_back(Harmless(TitleIn(book, exercise)));
  }
  std::string text = PlainCsvLine(header, separator);
  for (size_t i = 1; i < rows.size(); ++i) {
    Row& row = rows[i];
    row.resize(header.size());
    const bool possible = In(row, name).contains("Points Possible");
    const auto student = FindStudent(book.students, {In(row, id), In(row, login), In(row, name)});
    if (!student && !possible) unknown.push_back(In(row, name));
    for (size_t k = 0; k < columns.size(); ++k) {
      const ExerciseRow& exercise = book.exercises[k];
      std::string& field = row[columns[k]];
      if (possible && field.empty()) field = std::to_string(exercise.max_points);
      if (!student) continue;
      if (const Mark& mark = book.marks.at({student->id, exercise.id}); mark.points)
        field = PointsText(*mark.points);
    }
    text += PlainCsvLine(row, separator);
  }
  return text;
}

Result<std::string> ToMoodle(const Book& book, const std::string& exercise,
                             std::string_view worksheet, std::vector<std::string>& unknown) {
  const auto column = std::ranges::find(book.exercises, exercise, &ExerciseRow::id);
  if (column == book.exercises.end())
    return Fail("no exercise '" + exercise + "' in the gradebook",
                "plumbline gradebook lists them");
  const char separator = SeparatorOf(worksheet);
  TRY_ASSIGN(std::vector<Row> rows, ParseCsv(worksheet, separator));
  if (rows.empty()) return Fail("the worksheet is empty", "download it from the assignment");
  const Row& header = rows.front();
  const auto grade = ColumnOf(header, {"Grade", "Qualificació", "Calificación"});
  const auto name = ColumnOf(header, {"Full name", "Nom complet", "Nombre completo"});
  const auto email = ColumnOf(header, {"Email", "Adreça", "Dirección"});
  const auto id = ColumnOf(header, {"ID number", "Número ID", "Número de ID"});
  const auto most = ColumnOf(header, {"Maximum", "Qualificació màxima", "Calificación máxima"});
  if (!grade || (!name && !email && !id))
    return Fail(
        "the worksheet has no column for the grade, or none that names the student",
        "download it from the assignment: View all submissions, Download grading worksheet");
  // The rest is the teacher's own, and stays as it is.
  std::string text = PlainCsvLine(header, separator);
  for (size_t i = 1; i < rows.size(); ++i) {
    Row& row = rows[i];
    const auto student = FindStudent(book.students, {In(row, email), In(row, id), In(row, name)});
    if (!student) {
      unknown.push_back(In(row, name).empty() ? In(row, email) : In(row, name));
    } else if (const Mark& mark = book.marks.at({student->id, exercise}); mark.points) {
      const double maximum = MaximumIn(In(row, most));
      const double scale = maximum > 0 && mark.max_points > 0 ? maximum / mark.max_points : 1;
      row.resize(std::max(row.size(), *grade + 1));
      row[*grade] = PointsText(*mark.points * scale);
    }
    text += PlainCsvLine(row, separator);
  }
  return text;
}

}  // namespace plumbline::gradebook
