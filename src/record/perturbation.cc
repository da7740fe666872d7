// SPDX-License-Identifier: MIT
#include "record/perturbation.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <vector>

#include "base/number.h"
#include "base/text.h"

namespace plumbline::record {
namespace {

using Kind = Perturbation::Kind;

constexpr std::array<std::pair<std::string_view, Kind>, 8> kKinds{
    {{"", Kind::kNone},
     {"turns", Kind::kTurns},
     {"interleavings", Kind::kInterleavings},
     {"signals", Kind::kSignals},
     {"interruptions", Kind::kInterruptions},
     {"short-transfers", Kind::kShortTransfers},
     {"failures", Kind::kFailures},
     {"small-world", Kind::kSmallWorld}}};

bool HasChoices(Kind kind) { return kind == Kind::kInterleavings || kind == Kind::kSignals; }

// "A=B" as the two; nothing without the sign.
std::optional<std::pair<std::string_view, std::string_view>> Split(std::string_view text,
                                                                   char sign) {
  const size_t at = text.find(sign);
  if (at == std::string_view::npos) return std::nullopt;
  return std::pair(text.substr(0, at), text.substr(at + 1));
}

std::optional<std::map<uint64_t, uint64_t>> ChoicesIn(std::string_view text) {
  std::map<uint64_t, uint64_t> choices;
  while (!text.empty()) {
    const size_t end = std::min(text.find(','), text.size());
    const auto pair = Split(text.substr(0, end), '=');
    const auto decision = pair ? NumberIn<uint64_t>(pair->first) : std::nullopt;
    const auto choice = pair ? NumberIn<uint64_t>(pair->second) : std::nullopt;
    if (!decision || !choice || !choices.emplace(*decision, *choice).second) return std::nullopt;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return choices;
}

// "1", "1.2", ...
bool IsLineage(std::string_view text) {
  while (true) {
    const size_t end = std::min(text.find('.'), text.size());
    if (NumberIn<uint64_t>(text.substr(0, end)).value_or(0) == 0) return false;
    if (end == text.size()) return true;
    text.remove_prefix(end + 1);
  }
}

std::optional<Perturbation::Site> SiteIn(std::string_view text) {
  std::string how;
  if (const auto parts = Split(text, '=')) {
    text = parts->first;
    how = parts->second;
  }
  const auto parts = Split(text, '#');
  const auto call = parts ? NumberIn<uint64_t>(parts->second) : std::nullopt;
  if (!call || *call == 0 || !IsLineage(parts->first)) return std::nullopt;
  return Perturbation::Site{
      .process = std::string(parts->first), .call = *call, .how = std::move(how)};
}

std::unexpected<Error> Refuse(std::string_view text) {
  return Fail("'" + Escaped(text, 80) + "' is no perturbation",
              "one of: turns, interleavings, interleavings:DECISION=CHOICE,..., "
              "signals:DECISION=CHOICE,..., interruptions:PROCESS#CALL, "
              "short-transfers:PROCESS#CALL=BYTES, failures:PROCESS#CALL=ERRNO, small-world");
}

}  // namespace

std::string_view ToString(Kind kind) {
  return std::ranges::find(kKinds, kind, &std::pair<std::string_view, Kind>::second)->first;
}

std::string ToString(const Perturbation& perturbation) {
  std::string text(ToString(perturbation.kind));
  const char* before = ":";
  for (const auto& [decision, choice] : perturbation.choices) {
    text += before + std::to_string(decision) + "=" + std::to_string(choice);
    before = ",";
  }
  if (!perturbation.IsFault()) return text;
  const auto& site = perturbation.site;
  text += ":" + site.process + "#" + std::to_string(site.call);
  return site.how.empty() ? text : text + "=" + site.how;
}

Result<Perturbation> ParsePerturbation(std::string_view text) {
  const auto parts = Split(text, ':');
  const std::string_view word = parts ? parts->first : text;
  const auto known = std::ranges::find(kKinds, word, &std::pair<std::string_view, Kind>::first);
  if (known == kKinds.end()) return Refuse(text);
  Perturbation perturbation{.kind = known->second};
  if (perturbation.IsFault()) {
    const auto site = parts ? SiteIn(parts->second) : std::nullopt;
    if (!site) return Refuse(text);
    perturbation.site = *site;
  } else if (parts) {
    const auto choices = HasChoices(known->second) ? ChoicesIn(parts->second) : std::nullopt;
    if (!choices || choices->empty()) return Refuse(text);
    perturbation.choices = *choices;
  }
  return perturbation;
}

}  // namespace plumbline::record
