// SPDX-License-Identifier: MIT
#include "cli/grading_options.h"

#include <optional>

#include "cli/catalogue.h"
#include "cli/isolation.h"
#include "cli/runs.h"

namespace plumbline::cli {

Outcome<GradingOptions> GradingOptionsFor(Crew& crew, const spec::Exercise& exercise,
                                          const Options& options) {
  GradingOptions grading{.language = options.language,
                         .cache = options.no_cache ? std::filesystem::path() : CacheFolder(),
                         .exercises = ExerciseRoots(options),
                         .record = options.record,
                         .runs = options.runs};
  const std::optional<Need> need = NeedOfNamespaces(exercise);
  TRY_ASSIGN(grading.rung, ChooseRung(crew, options.isolation, RungRequiredBy(exercise),
                                      HiddenPaths(exercise, grading), need ? need->reason : ""));
  return grading;
}

}  // namespace plumbline::cli
