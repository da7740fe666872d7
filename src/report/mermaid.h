// SPDX-License-Identifier: MIT
// Drawings as text that GitHub, GitLab and editors draw.
// https://mermaid.js.org/intro/syntax-reference.html
#pragma once

#include <string>

#include "evaluate/scene.h"
#include "report/plumbing_map.h"
#include "report/translator.h"

namespace plumbline::report {

// A flowchart: processes, joints, an arrow for each end that joins; ends that are kept open without
// use are dashed, red and marked. Empty if nothing is joined.
std::string MermaidWiring(const PlumbingMap& map);

// A sequence diagram: who made whom, who signalled whom, who waited for whom; at most sixty arrows.
// Empty if there is none.
std::string MermaidSequence(const evaluate::Scene& scene, const Translator& translator);

}  // namespace plumbline::report
