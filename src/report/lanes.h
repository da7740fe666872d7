// SPDX-License-Identifier: MIT
// A run's time line as text: a lane for each process, downwards, and an arrow for whom it made,
// signalled or gave its end to.
#pragma once

#include <string>

#include "evaluate/scene.h"
#include "report/translator.h"

namespace plumbline::report {

// Lines of at most `width` columns (0: 80), each ended by a newline, indented by `indent`; lanes
// for which there is no room and arrows after the fortieth are counted, not drawn. Empty if nobody
// did anything to another.
std::string Lanes(const evaluate::Scene& scene, size_t indent, size_t width, bool colour,
                  const Translator& translator);

}  // namespace plumbline::report
