// SPDX-License-Identifier: MIT
// What a perturbation did to a run, in words: who came in between whom, at which lines; which call
// was interrupted, cut short or failed.
#pragma once

#include <optional>
#include <vector>

#include "evaluate/finding.h"
#include "evaluate/scene.h"

namespace plumbline::evaluate {

struct Mishap {
  std::vector<Message> evidence;
  Message why;   // why that can do harm
  Message next;  // what every program has to do about it
  std::optional<record::Location> location;
};

// Empty of a run that was not perturbed, and of one that went as by default.
Mishap MishapOf(const Scene& scene);

}  // namespace plumbline::evaluate
