// SPDX-License-Identifier: MIT
// How `trace` names the sources of a program that was compiled anywhere on this machine.
#pragma once

#include <filesystem>

#include "record/recording.h"

namespace plumbline::cli {

// A source below `folder`, an absolute path, gets its name from there: "src/main.c". Others keep
// their absolute path, and those that a compiler named relatively keep that.
void NameSourcesFrom(const std::filesystem::path& folder, record::Recording& recording);

}  // namespace plumbline::cli
