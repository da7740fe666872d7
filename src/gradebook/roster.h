// SPDX-License-Identifier: MIT
// Who is in the class, from a CSV file.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace plumbline::gradebook {

struct Student {
  std::string id;
  std::string name = {};
  std::string email = {};
  std::string section = {};
  bool operator==(const Student&) const = default;
};

// Columns by the names in the first line, in any order and case, in the words of Moodle, Gradescope
// and Canvas too: `id` (also "SID", "ID number", "Student ID", "username"), `name` (or "First name"
// and "Last name"), `email`, `section`. Fails for a file without a column for the id, and for an id
// that is missing or there twice, with its line.
Result<std::vector<Student>> ParseRoster(std::string_view csv);

// Whom a folder's word means: an id, else a name or an e-mail address, whatever the case and the
// blanks, if one student alone has it.
std::optional<Student> FindStudent(const std::vector<Student>& roster, std::string_view word);
// The first of these words that means one; "" means nobody.
std::optional<Student> FindStudent(const std::vector<Student>& roster,
                                   const std::vector<std::string>& words);
// Several have it.
bool IsMeantByMany(const std::vector<Student>& roster, std::string_view word);

}  // namespace plumbline::gradebook
