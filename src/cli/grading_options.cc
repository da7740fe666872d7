// SPDX-License-Identifier: MIT
#include "cli/grading_options.h"

#include <optional>

#include "cli/catalogue.h"
#include "cli/isolation.h"

namespace plumbline::cli {

Outcome<GradingOptions> GradingOptionsFor(const spec::Exercise& exercise, const Options& options) {
  const std::optional<Need> need = NeedOfNamespaces(exercise);
  TRY_ASSIGN(const sandbox::Rung rung, ChooseRung(options.isolation, RungRequiredBy(exercise),
                                                  sandbox::BestRung(), need ? need->reason : ""));
  return GradingOptions{.language = options.language,
                        .rung = rung,
                        .cache = options.no_cache ? std::filesystem::path() : CacheFolder(),
                        .exercises = ExerciseRoots(options),
                        .record = options.record};
}

}  // namespace plumbline::cli
