// SPDX-License-Identifier: MIT
#include "trace/where/maps.h"

#include <optional>
#include <string_view>
#include <utility>

#include "base/io.h"
#include "base/text.h"
#include "base/words.h"

namespace plumbline::trace::where {
namespace {

// "55d0c0a01000-55d0c0a02000 r-xp 00001000 08:01 1234   /program/main"
std::optional<Mapping> MappingIn(std::string_view line) {
  constexpr size_t kFields = 6;
  const auto words = WordsOf(line, kFields);
  if (words.size() < kFields || words[1].size() < 3 || words[1][2] != 'x') return std::nullopt;
  if (!words[5].starts_with('/')) return std::nullopt;
  const size_t dash = words[0].find('-');
  if (dash == std::string_view::npos) return std::nullopt;
  return Mapping{.begin = LeadingNumber<uint64_t>(words[0], 16),
                 .end = LeadingNumber<uint64_t>(words[0].substr(dash + 1), 16),
                 .offset = LeadingNumber<uint64_t>(words[2], 16),
                 .path = std::string(words[5])};
}

}  // namespace

std::vector<Mapping> CodeOf(HostPid task) {
  std::vector<Mapping> code;
  const std::string text = ReadProc(("/proc/" + std::to_string(task.value) + "/maps").c_str());
  for (const std::string_view line : Lines(text)) {
    if (auto mapping = MappingIn(line)) code.push_back(*std::move(mapping));
  }
  return code;
}

}  // namespace plumbline::trace::where
