// SPDX-License-Identifier: MIT
#include "graders/output/repeats.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <set>
#include <vector>

#include "base/text.h"

namespace plumbline::graders::output {
namespace {

using record::Born;
using Holds = std::function<bool(std::string_view)>;

// Bounds of the search for copied parts, so that a hostile text costs no more than a long one.
constexpr size_t kLongestText = 16 << 10;
constexpr size_t kMostWrites = 32;
constexpr int kMostTries = 2000;

bool CopiesMemory(const Born& born) {
  return born.how == Born::How::kFork || born.how == Born::How::kClone;
}

// A shell writes what its own commands print before it forks.
bool IsShell(std::string_view program) {
  return program == "bash" || program == "sh" || program == "dash";
}

// Executing a program throws the copy away.
bool KeepsItsCopy(const record::Recording& recording, record::ProcessIndex child) {
  return std::ranges::none_of(recording.events, [&](const record::Event& event) {
    const auto* executed = std::get_if<record::Executed>(&event.what);
    return event.actor == child && executed != nullptr && executed->error == 0;
  });
}

// The event by which the first child was born that may have written a copy of what its parent had
// printed.
std::optional<size_t> FirstFork(const evaluate::Scene& scene) {
  const record::Recording& recording = scene.recording();
  for (size_t i = 0; i < recording.events.size(); ++i) {
    const record::Event& event = recording.events[i];
    const auto* born = std::get_if<Born>(&event.what);
    if (born == nullptr || !CopiesMemory(*born) || !KeepsItsCopy(recording, born->child)) continue;
    if (!IsShell(scene.ProgramOf(event.actor))) return i;
  }
  return std::nullopt;
}

// The text without lines that came before (or, `last`, that come again).
std::string WithoutLines(std::string_view text, bool last) {
  std::vector<std::string_view> lines = Lines(text);
  if (last) std::ranges::reverse(lines);
  std::set<std::string_view> seen;
  std::erase_if(lines, [&](std::string_view line) { return !seen.insert(line).second; });
  if (last) std::ranges::reverse(lines);
  std::string once;
  for (const std::string_view line : lines) once += std::string(line) + "\n";
  return once;
}

// Where in the text something that was written after the fork begins.
std::vector<size_t> Beginnings(const record::Recording& recording, size_t fork,
                               const std::string& stream, size_t size) {
  std::vector<size_t> beginnings;
  size_t grown = 0;
  for (size_t i = 0; i < recording.events.size(); ++i) {
    const auto* grew = std::get_if<record::StreamGrew>(&recording.events[i].what);
    if (grew == nullptr || grew->stream != stream) continue;
    if (i > fork && grown < size) beginnings.push_back(grown);
    grown = grew->size;
  }
  return beginnings;
}

size_t CommonLength(std::string_view a, std::string_view b) {
  return static_cast<size_t>(std::ranges::mismatch(a, b).in1 - a.begin());
}

// The text with `part` only at the first (or last) of the beginnings where it stands.
std::string WithOne(std::string_view text, const std::vector<size_t>& beginnings,
                    std::string_view part, bool last) {
  std::vector<size_t> places;
  std::ranges::copy_if(beginnings, std::back_inserter(places),
                       [&](size_t at) { return text.substr(at).starts_with(part); });
  places.erase(last ? places.end() - 1 : places.begin());
  std::string once;
  size_t from = 0;
  for (const size_t place : places) {
    if (place < from) continue;  // inside the one before
    once += text.substr(from, place - from);
    from = place + part.size();
  }
  return once.append(text.substr(from));
}

// A child writes its copy before what it prints itself, and so does its parent: what two writes
// begin with may be a copy, the whole of it or any beginning.
bool HoldsWithoutParts(std::string_view text, const std::vector<size_t>& beginnings,
                       const Holds& holds) {
  int tries = 0;
  for (size_t i = 0; i < beginnings.size(); ++i) {
    for (size_t j = i + 1; j < beginnings.size(); ++j) {
      const std::string_view first = text.substr(beginnings[i], beginnings[j] - beginnings[i]);
      for (size_t length = CommonLength(first, text.substr(beginnings[j])); length > 0; --length) {
        const std::string_view part = first.substr(0, length);
        for (const bool last : {false, true}) {
          if (holds(WithOne(text, beginnings, part, last))) return true;
          if (++tries == kMostTries) return false;
        }
      }
    }
  }
  return false;
}

}  // namespace

bool HoldsWithoutRepeats(const evaluate::Scene& scene, const std::string& stream,
                         std::string_view text, const Holds& holds) {
  const auto fork = FirstFork(scene);
  if (!fork) return false;
  for (const bool last : {false, true}) {
    const std::string once = WithoutLines(text, last);
    if (once.size() < text.size() && holds(once)) return true;
  }
  if (text.size() > kLongestText) return false;
  const auto beginnings = Beginnings(scene.recording(), *fork, stream, text.size());
  return beginnings.size() <= kMostWrites && HoldsWithoutParts(text, beginnings, holds);
}

}  // namespace plumbline::graders::output
