// SPDX-License-Identifier: MIT
// What the language can say and the engine of this version cannot do.
#include "spec/loader.h"

namespace plumbline::spec {
namespace {

template <typename T>
concept Wait = requires(const T& step) { step.within; };

// The word that cannot be run, or "".
std::string Unsupported(const Action& action) {
  return std::visit(
      [](const auto& step) -> std::string {
        using T = std::decay_t<decltype(step)>;
        if constexpr (std::is_same_v<T, Advance>) return "advance";
        if constexpr (Wait<T>) return step.within ? "within" : "";
        return "";
      },
      action);
}

}  // namespace

Diagnostics NotRunnable(const Exercise& exercise, const std::string& file) {
  Diagnostics found;
  const auto report = [&](const std::string& word, const Mark& mark) {
    found.push_back({file, mark, "not-runnable", "'" + word + "' cannot be run by this version",
                     "remove it, or use a later version"});
  };
  for (const auto& [name, scenario] : exercise.scenarios) {
    if (!scenario.clock.empty()) report("clock", scenario.mark);
    for (const Perturbation& perturbation : scenario.under) report("under", perturbation.mark);
    for (const Step& step : scenario.steps) {
      if (const std::string word = Unsupported(step.action); !word.empty()) report(word, step.mark);
    }
  }
  return InOrder(std::move(found));
}

}  // namespace plumbline::spec
