// SPDX-License-Identifier: MIT
// What students are taught of each kind: the idea behind it, in Markdown, with a picture. The texts
// are TOPIC/explain/NAME.LANG.md, or KIND.LANG.md for a kind that is not named after its topic.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace plumbline::graders {

struct Explanation {
  std::string kind;        // "fds.leaked"
  std::string_view lang;   // "ca"
  std::string_view title;  // its first line, without "# "
  std::string_view text;   // the whole file
};

// All that the program has, in the order of their files; they live as long as the program.
std::span<const Explanation> Explanations();

// nullptr if there is none of this kind in this language.
const Explanation* ExplanationOf(std::string_view kind, std::string_view lang);

}  // namespace plumbline::graders
