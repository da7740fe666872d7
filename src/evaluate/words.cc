// SPDX-License-Identifier: MIT
#include "evaluate/words.h"

#include <map>
#include <string>
#include <utility>

#include "base/check.h"
#include "base/text.h"
#include "base/units.h"
#include "record/instead.h"

namespace plumbline::evaluate {
namespace {

template <typename Show>
Message RangeInWords(const spec::Range& range, Show show) {
  if (!range.most) return Msg("at least {number}", {{"number", show(range.least)}});
  if (range.least == *range.most) return Msg("{number}", {{"number", show(range.least)}});
  if (range.least == 0) return Msg("at most {number}", {{"number", show(*range.most)}});
  return Msg("{least} to {most}", {{"least", show(range.least)}, {"most", show(*range.most)}});
}

}  // namespace

Message NumberInWords(const spec::Range& range) {
  return RangeInWords(range, [](int64_t n) { return std::to_string(n); });
}

Message CountInWords(const spec::Range& range) {
  return range == spec::Range{0, 0} ? Msg("none") : NumberInWords(range);
}

Message SizeInWords(const spec::Range& bytes) {
  return RangeInWords(bytes, [](int64_t n) { return ToString(Bytes{static_cast<uint64_t>(n)}); });
}

Message Either(std::vector<Message> words) {
  CHECK(!words.empty());
  Message all = std::move(words.front());
  for (size_t i = 1; i < words.size(); ++i) {
    all = Msg("{first} or {second}", {{"first", std::move(all)}, {"second", std::move(words[i])}});
  }
  return all;
}

Message InsteadInWords(const std::string& instead) {
  namespace instead_of = record::instead;
  static const std::map<std::string, Message> kWords{
      {instead_of::kAllWait, Msg("all programs wait")},
      {instead_of::kTooLate, Msg("the time for it is over")},
      {instead_of::kAllEnded, Msg("all programs have ended")},
      {instead_of::kNobody, Msg("there is no such process")},
      {instead_of::kNoFile, Msg("there is no such file")},
      {instead_of::kOtherKind, Msg("the file is of another kind")},
      {instead_of::kNoTerminal, Msg("there is no terminal")},
      {instead_of::kNoConnection, Msg("there is no such connection")},
      {instead_of::kRefused, Msg("connection refused")},
      {instead_of::kQueueFull, Msg("the queue of connections is full")},
      {instead_of::kNoReader, Msg("nobody has it open for reading")},
      {instead_of::kEndOfFile, Msg("end of file")},
      {instead_of::kReset, Msg("connection reset")},
      {instead_of::kClosed, Msg("it is closed")}};
  const auto found = kWords.find(instead);
  // Bytes in quotes, or the name of an error: the same in every language.
  if (found == kWords.end()) return Msg("{text}", {{"text", Escaped(instead)}});
  return found->second;
}

}  // namespace plumbline::evaluate
