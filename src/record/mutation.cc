// SPDX-License-Identifier: MIT
#include "record/mutation.h"

#include "base/number.h"
#include "base/text.h"

namespace plumbline::record {
namespace {

std::unexpected<Error> NotOne(std::string_view text) {
  return Fail("'" + Escaped(std::string(text)) + "' is no mutant",
              "write one as CALL@FILE:LINE=HOW or CALL(WHICH)@FILE:LINE=HOW");
}

}  // namespace

std::string ToString(const Mutation& mutation) {
  if (mutation.survey) return "survey";
  const std::string which = mutation.which.empty() ? "" : "(" + mutation.which + ")";
  return mutation.call + which + "@" + mutation.file + ":" + std::to_string(mutation.line) + "=" +
         mutation.how;
}

Result<Mutation> ParseMutation(std::string_view text) {
  if (text == "survey") return Mutation{.survey = true};
  const size_t at = text.find('@');
  const size_t equals = text.rfind('=');
  const size_t colon = text.rfind(':', equals);
  if (at == std::string_view::npos || equals == std::string_view::npos ||
      colon == std::string_view::npos || colon < at)
    return NotOne(text);
  Mutation mutation;
  std::string_view call = text.substr(0, at);
  if (const size_t open = call.find('('); open != std::string_view::npos) {
    if (!call.ends_with(')')) return NotOne(text);
    mutation.which = call.substr(open + 1, call.size() - open - 2);
    if (mutation.which.empty()) return NotOne(text);
    call = call.substr(0, open);
  }
  const auto line = NumberIn<int>(text.substr(colon + 1, equals - colon - 1));
  mutation.call = call;
  mutation.file = text.substr(at + 1, colon - at - 1);
  mutation.how = text.substr(equals + 1);
  if (!line || *line < 1 || mutation.call.empty() || mutation.file.empty() || mutation.how.empty())
    return NotOne(text);
  mutation.line = *line;
  return mutation;
}

}  // namespace plumbline::record
