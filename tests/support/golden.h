// SPDX-License-Identifier: MIT
// Texts as they must be, letter by letter, in tests/golden. With PLUMBLINE_APPROVE=1 in the
// environment a test writes what it made there instead; look at the difference before you commit
// it.
//
//   EXPECT_EQ(report, Golden("report/hang.ca.txt", report));
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

namespace plumbline::testing {

// The text of tests/golden/NAME; "" if there is none yet.
inline std::string Golden(const std::string& name, const std::string& made) {
  const std::filesystem::path path = std::filesystem::path(PLUMBLINE_GOLDEN) / name;
  if (const char* approve = std::getenv("PLUMBLINE_APPROVE"); approve != nullptr && *approve != 0) {
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << made;
  }
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace plumbline::testing
