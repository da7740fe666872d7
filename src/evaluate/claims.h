// SPDX-License-Identifier: MIT
// What a text is claimed to be: the shared parameters of output.text and files.content
// (parameters.h), judged.
#pragma once

#include <optional>
#include <string_view>

#include "evaluate/check_kind.h"
#include "evaluate/finding.h"
#include "spec/kind_table.h"
#include "spec/values.h"

namespace plumbline::evaluate {

// A text and what it is called: "the standard output of your program", "carta.txt".
struct Subject {
  Message name;
  std::string_view text;
  bool cut = false;   // more came than was kept
  bool sent = false;  // over a connection, and not printed
};

// The finding `wrong-text` about the first claim that does not hold, with the first difference and
// what both sides have there; nothing if all hold. `source` gives the placeholders their values.
std::optional<Finding> JudgeClaims(const spec::Params& params, const Subject& subject,
                                   const spec::PlaceholderSource& source);

}  // namespace plumbline::evaluate
