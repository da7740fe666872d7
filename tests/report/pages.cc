// SPDX-License-Identifier: MIT
// Writes pages for page_test.mjs to open in a browser: pages FOLDER CATALOGUES
#include <fstream>
#include <iostream>
#include <string>

#include "tests/report/sample_pages.h"

namespace {

bool Write(const std::map<std::string, plumbline::Result<std::string>>& texts,
           const std::string& folder, const std::string& suffix) {
  for (const auto& [name, text] : texts) {
    if (!text) {
      std::cerr << name << ": " << text.error().ToString() << "\n";
      return false;
    }
    std::ofstream(folder + "/" + name + suffix, std::ios::binary) << *text;
  }
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  using plumbline::testing::SamplePages;
  if (argc != 3) return 2;
  const std::string folder = argv[1];
  const bool all = Write(SamplePages(argv[2]), folder, ".html") &&
                   Write(plumbline::testing::SampleMarkdown(argv[2]), folder, ".md");
  return all ? 0 : 1;
}
