// SPDX-License-Identifier: MIT
// What the language can say and the engine of this version cannot do.
#include "spec/loader.h"

namespace plumbline::spec {

Diagnostics NotRunnable(const Exercise& exercise, const std::string& file) {
  Diagnostics found;
  const auto report = [&](const std::string& word, const Mark& mark) {
    found.push_back({file, mark, "not-runnable", "'" + word + "' cannot be run by this version",
                     "remove it, or use a later version"});
  };
  for (const auto& [name, scenario] : exercise.scenarios) {
    for (const Perturbation& perturbation : scenario.under) report("under", perturbation.mark);
  }
  return InOrder(std::move(found));
}

}  // namespace plumbline::spec
