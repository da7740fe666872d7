// SPDX-License-Identifier: MIT
// The built program, grading an attack as it grades anybody's submission.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "base/unique_fd.h"
#include "record/recording.h"
#include "tests/hostile/outside.h"
#include "tests/hostile/table.h"

namespace plumbline::hostile {

struct Graded {
  int status = -1;  // of plumbline: exit status, or 128 and the signal
  std::string out;
  std::string err;
  std::string report;                          // as a terminal shows it
  nlohmann::json grade;                        // null: none was written
  std::optional<record::Recording> recording;  // of the run that was attacked
};

class Grader {
 public:
  // `program` stays readable after a change of accounts; all files go to `folder`.
  Grader(const UniqueFd& program, std::filesystem::path folder, std::string rung)
      : program_(program), folder_(std::move(folder)), rung_(std::move(rung)) {}

  Graded Grade(const Attack& attack, const Outside& outside) {
    Begin(attack, outside);
    return End();
  }
  // The same, and others meanwhile.
  void Begin(const Attack& attack, const Outside& outside);
  Graded End();

 private:
  void Prepare(const Attack& attack, const Outside& outside) const;
  void CopySources(const Attack& attack, const Outside& outside) const;

  const UniqueFd& program_;
  std::filesystem::path folder_;
  std::string rung_;
  pid_t process_ = -1;
  UniqueFd out_;
  UniqueFd err_;
};

// A program that does no harm, with the same exercise.
Attack Harmless();

}  // namespace plumbline::hostile
