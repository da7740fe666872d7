// SPDX-License-Identifier: MIT
#include "cli/zip_file.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "tests/support/command.h"

namespace plumbline::cli {
namespace {

namespace fs = std::filesystem;

TEST(Zip, IsUnpackedByOthers) {
  std::string name = ::testing::TempDir() + "plumbline-zip-XXXXXX";
  const fs::path folder = ::mkdtemp(name.data());
  const std::vector<ZippedFile> files{{"run", "#!/bin/sh\nexit 7\n", true},
                                      {"lib/cañó.txt", std::string(100'000, 'x'), false},
                                      {"empty", "", false}};
  const auto zip = Zipped(files);
  ASSERT_TRUE(zip) << zip.error().message;
  EXPECT_LT(zip->size(), 2000U) << "it is compressed";
  EXPECT_EQ(*zip, *Zipped(files));
  std::ofstream(folder / "a.zip", std::ios::binary) << *zip;
  const testing::Ran ran = testing::Run(
      {"env", "-C", folder.string(), "LANG=C.UTF-8", "bash", "-c",
       "unzip -tqq a.zip && unzip -q a.zip && head -c 100000 lib/cañó.txt | tr -d x && wc -c "
       "<lib/cañó.txt && stat -c '%a %s' empty && python3 -m zipfile -t a.zip && ./run"});
  EXPECT_EQ(ran.status, 7) << ran.err;
  EXPECT_EQ(ran.out, "100000\n644 0\nDone testing\n");
  fs::remove_all(folder);
}

}  // namespace
}  // namespace plumbline::cli
