// SPDX-License-Identifier: MIT
// All check kinds of the exercise language, for tests that need no grader.
#pragma once

#include <span>

#include "spec/kind_table.h"

namespace plumbline::spec {

std::span<const KindTable> AllKinds();

}  // namespace plumbline::spec
