// SPDX-License-Identifier: MIT
// Files -> a zip archive that unzip(1) unpacks, with their modes.
#pragma once

#include <string>
#include <vector>

#include "base/error.h"

namespace plumbline::cli {

struct ZippedFile {
  std::string path;  // within the archive; relative
  std::string content;
  bool executable = false;
};

// The same files give the same bytes: all are of 1 January 1980, where the format's time begins,
// and belong to nobody. APPNOTE.TXT 4.4. Fails for more than 2 GiB.
Result<std::string> Zipped(const std::vector<ZippedFile>& files);

}  // namespace plumbline::cli
