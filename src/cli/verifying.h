// SPDX-License-Identifier: MIT
// An exercise -> whether it is proven: its form, its own programs, mutants of its solutions.
#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "cli/crew.h"
#include "cli/grading.h"
#include "cli/verified.h"
#include "spec/loader.h"

namespace plumbline::cli {

struct VerifyingOptions {
  GradingOptions grading;
  bool mutants = true;
  // What is under way, for people.
  std::function<void(const std::string&)> progress = [](const std::string&) {};
};

// Stops only for a signal and for a machine that fails; what is wrong with the exercise is in what
// is found.
Outcome<Verified> Verify(Crew& crew, const std::filesystem::path& folder,
                         const spec::LoadResult& loaded, const VerifyingOptions& options);

}  // namespace plumbline::cli
