// SPDX-License-Identifier: MIT
// The small languages that a scalar can hold: who, edges, ranges, sizes, durations, modes, dates.
// Text in, value out; they know neither YAML nor places in a file.
#pragma once

#include <expected>
#include <functional>
#include <set>
#include <string>
#include <string_view>

#include "spec/values.h"

namespace plumbline::spec {

// What is wrong with a piece of text. The reader that holds the place makes a diagnostic of it.
struct Complaint {
  std::string code;
  std::string message;
  std::string hint = {};
};
template <typename T>
using Parsed = std::expected<T, Complaint>;

// 'word', shortened and with control characters shown, for messages.
std::string Quoted(std::string_view word);
// "did you mean 'snapshot'?" for the candidate nearest to `word`, or "" (also if `word` is one).
std::string DidYouMean(std::string_view word, const std::vector<std::string>& candidates);
// That, or else "known: a, b" where they are few.
std::string Suggestion(std::string_view word, const std::vector<std::string>& candidates);

// "3", "-1"; `what` is "a port".
Parsed<int64_t> ParseInteger(const std::string& text, const std::string& what);
// "64KiB"; B, KiB, MiB.
Parsed<Bytes> ParseSize(const std::string& text);
// "250ms"; ms, s, min, h, d.
Parsed<Duration> ParseDuration(const std::string& text);
// What they take, as a regular expression without anchors; `positive`: more than nothing.
std::string SizePattern(bool positive = false);
std::string DurationPattern(bool positive = false);
// "3", "1..3", "2..", "..4".
Parsed<Range> ParseRange(const std::string& text);
// The same with a unit at each bound: "64KiB..".
Parsed<Range> ParseSizeRange(const std::string& text);
// "0644".
Parsed<int> ParseMode(const std::string& text);
// "2030-01-01T00:00:00Z", a day that exists, to the second, UTC.
Parsed<std::string> ParseDate(const std::string& text);

// A who; a base word for which `is_name` holds is a name (kName), any other a program.
using IsWord = std::function<bool(const std::string&)>;
Parsed<Who> ParseWho(const std::string& text, const IsWord& is_name);
// "cat.1 -> sort.0"; an end for which `is_channel` holds is a channel.
Parsed<Edge> ParseEdge(const std::string& text, const IsWord& is_name, const IsWord& is_channel);

// Letters, digits, '-' and '_', a letter or digit first: names of scenarios, checks, snapshots,
// connections, peers.
bool IsName(std::string_view text);
inline constexpr const char* kNamePattern = "^[A-Za-z0-9][A-Za-z0-9_-]*$";

}  // namespace plumbline::spec
