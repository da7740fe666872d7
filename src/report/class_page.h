// SPDX-License-Identifier: MIT
// A class on one page, for its teacher: how the marks are spread, which checks are most often lost,
// and each student's marks.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "report/translator.h"

namespace plumbline::report {

struct ClassReport {
  // What counts of one student in one exercise.
  struct Mark {
    std::optional<double> points;  // nothing: there is no grade
    bool handed_in = false;
    std::string page;  // where all of it is told, a relative address; "": nowhere
  };
  struct Student {
    std::string id;
    std::string name;
    std::string section;
    std::vector<Mark> marks;  // one an exercise
  };
  // A check, by those whose grade counts.
  struct Check {
    std::string id;
    std::string title;
    int lost = 0;
    int of = 0;
    std::string example;           // what was told to one of those who lost it by the usual reason
    std::vector<size_t> students;  // who lost it: indices
  };
  struct Exercise {
    std::string id;
    std::string title;
    int max_points = 0;
    std::vector<Check> checks;
  };

  std::vector<Exercise> exercises;
  std::vector<Student> students;
};

// How many marks lie in each tenth of the scale; a full mark is in the last. Marks above the scale
// (a bonus) too.
using Spread = std::array<int, 10>;
Spread SpreadOf(const ClassReport& report, size_t exercise);
// nullopt: nobody has a grade.
std::optional<double> MeanOf(const ClassReport& report, size_t exercise);
std::optional<double> MedianOf(const ClassReport& report, size_t exercise);

// The page in the translator's language; whole by itself but for the students' pages. `token`:
// report/around.h; fails without one. `version` is the program's.
Result<std::string> ToClassPage(const ClassReport& report, const Translator& translator,
                                const std::string& token, const std::string& version);

}  // namespace plumbline::report
