// SPDX-License-Identifier: MIT
// What a toolchain needs of the machine: whether it is there, and which version it is.
#pragma once

#include <span>
#include <string>

#include "base/error.h"

namespace plumbline::build {

// A file that must exist. The sandbox sees the machine's /usr, so these are what students get.
struct Tool {
  const char* path;  // a glob(7)
  const char* package;
};

// Identifies the versions of all of them, without running anything: where they are, their sizes and
// times. An error names the first that is missing and the package to install.
Result<std::string> IdentifyTools(std::span<const Tool> tools);

}  // namespace plumbline::build
