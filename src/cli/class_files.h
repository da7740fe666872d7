// SPDX-License-Identifier: MIT
// What --submissions names -> who handed in what: a folder as it is; an archive of the whole class,
// unpacked; a list of repositories, fetched. Both are done in a private folder, gone with the
// value.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/crew.h"
#include "cli/options.h"
#include "cli/private_folder.h"
#include "cli/stop.h"
#include "gradebook/class_layout.h"

namespace plumbline::cli {

struct ClassFiles {
  gradebook::ClassLayout layout;
  std::optional<PrivateFolder> folder = {};
};

// Stops with kUsage for what is no folder, archive or list, or a broken one; by a signal that came
// to `crew`, which is asked; with kMachine when the disk fails.
Outcome<ClassFiles> FilesOfClass(const Options& options, const std::vector<std::string>& exercises,
                                 const std::vector<gradebook::Student>& roster, Crew& crew);

}  // namespace plumbline::cli
