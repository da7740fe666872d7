// SPDX-License-Identifier: MIT
#include "gradebook/roster.h"

#include <algorithm>
#include <cctype>
#include <initializer_list>
#include <map>

#include "base/text.h"
#include "gradebook/csv.h"

namespace plumbline::gradebook {
namespace {

// ASCII letters small, blanks and underscores one blank.
std::string Folded(std::string_view text) {
  std::string folded;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '_' || c == '\t';
    if (blank && (folded.empty() || folded.back() == ' ')) continue;
    folded += blank ? ' ' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  while (folded.ends_with(' ')) folded.pop_back();
  return folded;
}

class Columns {
 public:
  explicit Columns(const Row& header) {
    for (size_t i = 0; i < header.size(); ++i) places_.emplace(Folded(header[i]), i);
  }

  bool Have(std::initializer_list<const char*> words) const {
    return std::ranges::any_of(words, [&](const char* word) { return places_.contains(word); });
  }

  // The first of the words that is a column; "" in a row that is too short.
  std::string In(const Row& row, std::initializer_list<const char*> words) const {
    for (const char* word : words) {
      const auto place = places_.find(word);
      if (place != places_.end()) return place->second < row.size() ? row[place->second] : "";
    }
    return {};
  }

 private:
  std::map<std::string, size_t> places_;
};

constexpr std::initializer_list<const char*> kId{"id",        "sid",       "student id",
                                                 "id number", "número id", "sis user id",
                                                 "username",  "user",      "login"};
constexpr std::initializer_list<const char*> kName{"name",   "full name",   "student",        "nom",
                                                   "nombre", "nom complet", "nombre completo"};
constexpr std::initializer_list<const char*> kFirst{"first name", "nom de pila", "given name"};
constexpr std::initializer_list<const char*> kLast{"last name", "surname", "cognoms", "apellidos",
                                                   "apellido(s)"};
constexpr std::initializer_list<const char*> kEmail{"email", "e-mail", "email address",
                                                    "adreça electrònica", "dirección de correo"};
constexpr std::initializer_list<const char*> kSection{"section", "group", "grup", "grupo"};

// Canvas's own gradebook: `ID` is a number of Canvas's, and one line is of no student.
constexpr std::initializer_list<const char*> kCanvasId{"sis user id"};
constexpr std::initializer_list<const char*> kCanvasLogin{"sis login id"};
constexpr std::string_view kPointsPossible = "points possible";

std::string IdIn(const Columns& columns, const Row& row) {
  for (const auto& words : {kCanvasId, kCanvasLogin, kId}) {
    std::string id = columns.In(row, words);
    if (!id.empty()) return id;
  }
  return {};
}

}  // namespace

Result<std::vector<Student>> ParseRoster(std::string_view csv) {
  TRY_ASSIGN(const std::vector<Row> rows, ParseCsv(csv, SeparatorOf(csv)));
  if (rows.empty()) return Fail("the roster is empty", "its first line names the columns: id,name");
  const Columns columns(rows.front());
  if (!columns.Have(kId))
    return Fail("the roster has no column for the students' ids",
                "name one 'id' in its first line: id,name,email,section");
  std::vector<Student> students;
  for (size_t i = 1; i < rows.size(); ++i) {
    if (Folded(columns.In(rows[i], kName)) == kPointsPossible) continue;
    Student student{.id = IdIn(columns, rows[i]),
                    .name = columns.In(rows[i], kName),
                    .email = columns.In(rows[i], kEmail),
                    .section = columns.In(rows[i], kSection)};
    if (student.email.empty() && columns.In(rows[i], kCanvasLogin).contains('@'))
      student.email = columns.In(rows[i], kCanvasLogin);
    if (student.name.empty())
      student.name = columns.In(rows[i], kFirst) + " " + columns.In(rows[i], kLast);
    if (student.name == " ") student.name.clear();
    const std::string where = "student " + std::to_string(i) + " of the roster";
    if (student.id.empty()) return Fail(where + " has no id", "give each student one of her own");
    if (std::ranges::find(students, student.id, &Student::id) != students.end())
      return Fail(where + " has the id '" + Escaped(student.id) + "' of another one",
                  "give each student one of her own");
    students.push_back(std::move(student));
  }
  return students;
}

namespace {

std::vector<const Student*> MeantBy(const std::vector<Student>& roster, std::string_view word) {
  const std::string folded = Folded(word);
  std::vector<const Student*> meant;
  for (const Student& student : roster) {
    if (Folded(student.name) == folded || Folded(student.email) == folded ||
        Folded(student.id) == folded)
      meant.push_back(&student);
  }
  return meant;
}

}  // namespace

std::optional<Student> FindStudent(const std::vector<Student>& roster, std::string_view word) {
  const auto by_id = std::ranges::find(roster, word, &Student::id);
  if (by_id != roster.end()) return *by_id;
  const std::vector<const Student*> meant = MeantBy(roster, word);
  return meant.size() == 1 ? std::optional(*meant.front()) : std::nullopt;
}

std::optional<Student> FindStudent(const std::vector<Student>& roster,
                                   const std::vector<std::string>& words) {
  for (const std::string& word : words) {
    if (word.empty()) continue;
    if (auto found = FindStudent(roster, std::string_view(word))) return found;
  }
  return std::nullopt;
}

bool IsMeantByMany(const std::vector<Student>& roster, std::string_view word) {
  return MeantBy(roster, word).size() > 1;
}

}  // namespace plumbline::gradebook
