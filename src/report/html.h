// SPDX-License-Identifier: MIT
// A page: verdicts and findings, the source with findings at its lines, and the runs, drawn.
#pragma once

#include <string>

#include "report/formats.h"

namespace plumbline::report {

// One file that needs nothing else, nor a network. Without recordings there are no drawings,
// without sources no source.
Result<std::string> ToHtml(const Reported& reported);

// The same of one run that nobody judged: its wiring, its time line, what came in and out.
// `version` is the program's.
Result<std::string> TraceToHtml(const record::Recording& recording, const std::string& title,
                                const std::string& version, const Translator& translator,
                                const Around& around);

}  // namespace plumbline::report
