// SPDX-License-Identifier: MIT
// The built program as its users run it, and what it left of a grade.
#pragma once

#include <gtest/gtest.h>
#include <sched.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "tests/support/command.h"

namespace plumbline::e2e {

using testing::Ran;

inline const std::string kProgram = PLUMBLINE_PROGRAM;
inline const std::filesystem::path kExercises = PLUMBLINE_EXERCISES;

// A folder of a test's own, gone afterwards; other accounts may look into it.
class Folder {
 public:
  Folder() {
    std::string name = ::testing::TempDir() + "plumbline-e2e-XXXXXX";
    path_ = ::mkdtemp(name.data());
    std::filesystem::permissions(path_, std::filesystem::perms(0755));
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path Write(const std::filesystem::path& name, const std::string& text) const {
    std::filesystem::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name) << text;
    return path_ / name;
  }

 private:
  std::filesystem::path path_;
};

inline std::string Content(const std::filesystem::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

// A shell's line; $P is the program, and exercises are found by their ids. Each has a home of its
// own.
inline Ran Shell(const std::string& line, const std::filesystem::path& folder) {
  return testing::Run({"env", "-C", folder.string(), "-u", "LC_ALL", "-u", "NO_COLOR", "-u",
                       "XDG_STATE_HOME", "LANG=C.UTF-8", "P=" + kProgram, "HOME=" + folder.string(),
                       "XDG_CACHE_HOME=", "PLUMBLINE_EXERCISES=" + kExercises.string(), "bash",
                       "-c", line});
}

inline Ran Plumbline(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(),
                   {"env", "PLUMBLINE_EXERCISES=" + kExercises.string(), kProgram});
  return testing::Run(std::move(arguments));
}

// What a grade lost: the check's id, and the code of its first finding.
using Losses = std::map<std::string, std::string>;

inline Losses LossesIn(const nlohmann::json& grade) {
  Losses losses;
  for (const nlohmann::json& check : grade.at("checks")) {
    if (check.at("verdict") == "passed") continue;
    const nlohmann::json& findings = check.at("findings");
    losses[check.at("id")] = findings.empty() ? "" : findings.front().at("code").get<std::string>();
  }
  return losses;
}

// Two grades of the same thing are equal but for these.
inline nlohmann::json WithoutTimes(nlohmann::json grade) {
  if (grade.is_object()) {
    for (const char* key : {"real_time", "processor_time", "peak_memory"}) grade.erase(key);
    grade.erase("virtual_time");
    grade.erase("cached");
  }
  for (nlohmann::json& part : grade) {
    if (part.is_structured()) part = WithoutTimes(std::move(part));
  }
  return grade;
}

}  // namespace plumbline::e2e
