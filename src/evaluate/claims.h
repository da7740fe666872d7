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

// How a text came to be, which decides what may have become of the rest.
enum class Origin {
  kPrinted,  // some may still be in the buffer of a program that lives, or that was killed
  kEnded,    // by a program that has ended by itself
  kSent,     // over a connection
};

// A text and what it is called: "the standard output of your program", "carta.txt".
struct Subject {
  Message name;
  std::string_view text;
  bool cut = false;  // more came than was kept
  Origin origin = Origin::kPrinted;
};

// The finding `wrong-text` about the first claim that does not hold, with the first difference and
// what both sides have there; nothing if all hold. `source` gives the placeholders their values.
std::optional<Finding> JudgeClaims(const spec::Params& params, const Subject& subject,
                                   const spec::PlaceholderSource& source);

}  // namespace plumbline::evaluate
