// SPDX-License-Identifier: MIT
// A copy of a folder, for a program that is traced: it finds there what it would find here, and
// what it does to it stays in the sandbox.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "spec/exercise.h"

namespace plumbline::cli {

struct Workspace {
  std::vector<spec::FileSpec> files;
  std::string note;  // why the folder is not there, or ""

  // Whether a file of this relative path was copied.
  bool Has(const std::filesystem::path& path) const;
};

// Files, folders, named pipes and symbolic links, without hidden ones and what may not be read. Of
// a folder with more than 2000 of them or 32 MiB: nothing, and a note.
Workspace CopyOf(const std::filesystem::path& folder);

}  // namespace plumbline::cli
