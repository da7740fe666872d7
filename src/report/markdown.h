// SPDX-License-Identifier: MIT
// Markdown as GitHub and GitLab show it: for a job's summary or a comment.
#pragma once

#include <string>

#include "report/formats.h"

namespace plumbline::report {

// Students' bytes are text, never markup.
Result<std::string> ToMarkdown(const Reported& reported);

// The same in at most `most` bytes: what is lost is told from the top until the next check would
// not fit, and how many are left out. Empty if there is not even room for the mark.
std::string MarkdownWithin(const Reported& reported, size_t most);

}  // namespace plumbline::report
