// SPDX-License-Identifier: MIT
// Recordings -> what the page's scripts draw, as a JSON document of the page's own (README.md, "The
// page").
#pragma once

#include <string>

#include "report/formats.h"

namespace plumbline::report {

// One object: `words`, `given` and `runs`, only of scenarios that may be told. Safe inside a script
// element of HTML: no `<` is in it.
std::string PageData(const Reported& reported);

}  // namespace plumbline::report
