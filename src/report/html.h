// SPDX-License-Identifier: MIT
// A page: verdicts and findings, the source with findings at its lines, and the runs, drawn.
#pragma once

#include <string>

#include "report/formats.h"

namespace plumbline::report {

// One file that needs nothing else, nor a network. Without recordings there are no drawings,
// without sources no source.
Result<std::string> ToHtml(const Reported& reported);

}  // namespace plumbline::report
