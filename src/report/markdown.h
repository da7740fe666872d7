// SPDX-License-Identifier: MIT
// Markdown as GitHub and GitLab show it: for a job's summary or a comment.
#pragma once

#include <string>

#include "report/formats.h"

namespace plumbline::report {

// Students' bytes are text, never markup.
Result<std::string> ToMarkdown(const Reported& reported);

}  // namespace plumbline::report
