// SPDX-License-Identifier: MIT
// An archive of a stranger (zip, tar, 7z; gzip, bzip2, xz, zstd) -> the files in it. It is read in
// a process of its own that can do nothing else (sandbox/confined.h), nothing is ever written to
// disk, and what comes out of it goes by the rules of a submission's folder.
#pragma once

#include <filesystem>

#include "base/error.h"
#include "build/build.h"

namespace plumbline::build {

// A folder that holds all of it is left out of the names. Refuses what a folder's reading refuses
// (links, devices, too many, too large, names), and what only an archive can have: names that lead
// out of it or are there twice, content behind a password, a bomb, what is no archive.
Result<Submission> ReadArchive(const std::filesystem::path& path);

}  // namespace plumbline::build
