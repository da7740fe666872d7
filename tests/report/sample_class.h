// SPDX-License-Identifier: MIT
// A class of twelve, some of whom have names that mean harm.
#pragma once

#include <string>

#include "report/class_page.h"

namespace plumbline::testing {

inline report::ClassReport SampleClass() {
  report::ClassReport report;
  report.exercises = {{.id = "pipe-chain", .title = "A chain of pipes", .max_points = 20},
                      {.id = "sigusr1", .title = "SIGUSR1", .max_points = 10}};
  for (int i = 0; i < 12; ++i) {
    const std::string number = std::to_string(i);
    report::ClassReport::Student student{
        .id = "s" + number, .name = i % 3 == 0 ? "" : "Ana " + number, .section = i < 6 ? "A" : ""};
    const bool absent = i == 11;
    const bool failed = i == 10;
    report::ClassReport::Mark chain{.handed_in = !absent, .page = "attempts/" + number + ".html"};
    if (!absent && !failed) chain.points = 2.0 * i;
    if (absent) chain.page.clear();
    student.marks = {chain, {}};
    report.students.push_back(student);
  }
  report.students[1].name = "<script>alert(1)</script>\x1b[31m\"'&";
  report.students[2].marks[0].page = "attempts/\"><b>.html";
  report.exercises[0].checks = {
      {.id = "joined", .title = "Two pipes join them", .lost = 2, .of = 10, .students = {0, 1}},
      {.id = "no-spare-ends",
       .title = "Nobody keeps a spare <end>",
       .lost = 8,
       .of = 10,
       .example = "Your program (process 2) still holds descriptor 6.",
       .students = {0, 1, 2, 3, 4, 5, 6, 7}},
      {.id = "count", .title = "The count", .lost = 0, .of = 10}};
  return report;
}

}  // namespace plumbline::testing
