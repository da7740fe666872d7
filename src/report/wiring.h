// SPDX-License-Identifier: MIT
// A snapshot's plumbing as text: a box for each process with its ends, then each joint with who is
// at it. What is kept open without use is marked.
#pragma once

#include <string>

#include "evaluate/scene.h"
#include "report/translator.h"

namespace plumbline::report {

// Lines of at most `width` columns (0: no limit), each ended by a newline, indented by `indent`;
// empty if the snapshot has no pipe, FIFO, joined socket or shared memory.
std::string Wiring(const evaluate::Scene& scene, const record::Snapshot& at, size_t indent,
                   size_t width, bool colour, const Translator& translator);

}  // namespace plumbline::report
