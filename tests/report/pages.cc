// SPDX-License-Identifier: MIT
// Writes pages for page_test.mjs to open in a browser: pages FOLDER CATALOGUES
#include <fstream>
#include <iostream>
#include <string>

#include "tests/report/sample_pages.h"

int main(int argc, char** argv) {
  using plumbline::testing::SamplePages;
  if (argc != 3) return 2;
  for (const auto& [name, page] : SamplePages(argv[2])) {
    if (!page) {
      std::cerr << name << ": " << page.error().ToString() << "\n";
      return 1;
    }
    std::ofstream(std::string(argv[1]) + "/" + name + ".html", std::ios::binary) << *page;
  }
  return 0;
}
