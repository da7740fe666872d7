// SPDX-License-Identifier: MIT
// Recordings in a folder: SCENARIO.recording.json, for `evaluate` and for people who look into one.
#pragma once

#include <filesystem>
#include <vector>

#include "cli/stop.h"
#include "evaluate/evaluate.h"

namespace plumbline::cli {

// Makes the folder if need be. A second run of a scenario is SCENARIO-2.recording.json, and so on.
Status KeepRecordings(const std::filesystem::path& folder, const evaluate::Recordings& recordings);

// Files, or folders of them. What is no recording, and a folder without any, stops.
Outcome<std::vector<record::Recording>> ReadRecordings(
    const std::vector<std::filesystem::path>& paths);

}  // namespace plumbline::cli
