// SPDX-License-Identifier: MIT
// What fork(2) does to text that was printed and not yet written: each process that was born has a
// copy of it, and writes it. A text that is right without such copies was printed rightly.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "evaluate/scene.h"

namespace plumbline::graders::output {

// Whether `holds` accepts the text (of the stream of that name) with what may be copies taken out.
bool HoldsWithoutRepeats(const evaluate::Scene& scene, const std::string& stream,
                         std::string_view text, const std::function<bool(std::string_view)>& holds);

}  // namespace plumbline::graders::output
