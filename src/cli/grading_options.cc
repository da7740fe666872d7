// SPDX-License-Identifier: MIT
#include "cli/grading_options.h"

#include <optional>

#include "cli/catalogue.h"
#include "cli/isolation.h"
#include "cli/runs.h"

namespace plumbline::cli {
namespace {

// Of rung C: an exercise that is about it can be graded there.
Outcome<void> RequireSockets(const spec::Exercise& exercise) {
  const std::optional<Need> use = UseOfSockets(exercise);
  if (!use) return {};
  const Status can = sandbox::CanShareNetwork();
  if (can) return {};
  return std::unexpected(Stop(Error{"isolation C has no sockets on this machine (" +
                                        can.error().message + "), and " + use->reason,
                                    can.error().hint}));
}

}  // namespace

Outcome<GradingOptions> GradingOptionsFor(Crew& crew, const spec::Exercise& exercise,
                                          const Options& options) {
  GradingOptions grading{.language = options.language,
                         .cache = options.no_cache ? std::filesystem::path() : CacheFolder(),
                         .exercises = ExerciseRoots(options),
                         .record = options.record,
                         .runs = options.runs,
                         .most_calls = options.most_calls,
                         .keep_going = options.keep_going};
  const std::optional<Need> need = NeedOfNamespaces(exercise);
  TRY_ASSIGN(grading.rung, ChooseRung(crew, options.isolation, RungRequiredBy(exercise),
                                      HiddenPaths(exercise, grading), need ? need->reason : ""));
  if (grading.rung == sandbox::Rung::kC) TRY(RequireSockets(exercise));
  return grading;
}

}  // namespace plumbline::cli
