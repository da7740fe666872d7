// SPDX-License-Identifier: MIT
// Mutants of a solution, tried until a check of the exercise notices (scenario/README.md,
// "Mutants").
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "cli/candidate.h"
#include "cli/verified.h"
#include "evaluate/evaluate.h"

namespace plumbline::cli {

struct Hunt {
  std::vector<TriedMutant> mutants;  // in the order of the source; none is waived yet
  size_t runs = 0;
};

// `solution`: built, its plans made. `seen`: its recordings as it is, which earn everything.
// `progress`: so many mutants are decided of so many.
Outcome<Hunt> HuntMutants(Crew& crew, Candidate& solution, const std::string& name,
                          const evaluate::Recordings& seen,
                          const std::function<void(size_t done, size_t all)>& progress);

}  // namespace plumbline::cli
