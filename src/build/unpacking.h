// SPDX-License-Identifier: MIT
// An archive of many students' work -> files in a folder of ours, where each student's is read as
// any folder is (build.h). It is read in a process of its own, as a student's archive is.
//
// What one student packed harms nobody else: of a file larger than a submission's may be, only so
// much is written that its reading refuses it; folders too deep are cut where reading refuses them;
// a link becomes a link to nowhere, and a device, a named pipe or a socket a socket without anyone,
// which reading refuses with the student's name. What a submission's reading leaves out is left
// out.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>

#include "base/error.h"
#include "base/units.h"
#include "build/archive_process.h"

namespace plumbline::build {

struct UnpackingLimits {
  size_t entries = 0;  // files and folders
  Bytes all;           // written
  rlim_t processor_seconds = 0;
};

// A class of a thousand with room to spare.
inline constexpr UnpackingLimits kForClass{
    .entries = 200'000, .all = MiB(4096), .processor_seconds = 300};

// Into `folder`, which is there and empty, with the times that files have in the archive. Refuses
// (an Error without a code) what is no archive, is damaged or empty, has a password, names that
// lead out of it or are there twice, and what is too much; fails with errno's code where the
// machine does. `goes_on` is asked again and again; when it says no, an Error comes back.
// REQUIRES: nobody else writes below `folder`.
Status Unpack(const std::filesystem::path& archive, const std::filesystem::path& folder,
              const UnpackingLimits& limits, const std::function<bool()>& goes_on);

}  // namespace plumbline::build
