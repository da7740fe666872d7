// SPDX-License-Identifier: MIT
#include "spec/notation.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <chrono>
#include <span>

#include "base/text.h"

namespace plumbline::spec {
namespace {

constexpr std::string_view kDigits = "0123456789";

std::unexpected<Complaint> Wrong(std::string code, std::string message, std::string hint = {}) {
  return std::unexpected(Complaint{std::move(code), std::move(message), std::move(hint)});
}

bool AllDigits(std::string_view text) {
  return !text.empty() && text.find_first_not_of(kDigits) == std::string_view::npos;
}

// So many digits fit 64 bits, whatever they are.
constexpr size_t kMostDigits = 18;

// REQUIRES: AllDigits(text).
Parsed<int64_t> ParseCount(std::string_view text, size_t most_digits = kMostDigits) {
  if (text.size() > 1 && text[0] == '0')
    return Wrong("leading-zero", Quoted(text) + " begins with a zero",
                 "write it without, or in quotes if it is a mode");
  if (text.size() > most_digits) return Wrong("out-of-range", Quoted(text) + " is too large");
  int64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

struct Unit {
  std::string_view name;
  int64_t factor;
  size_t most_digits;  // times the factor, so many still fit
};
constexpr Unit kSizes[] = {{"B", 1, 18}, {"KiB", 1 << 10, 15}, {"MiB", 1 << 20, 12}};
constexpr Unit kDurations[] = {{"ms", 1'000'000, 12},
                               {"s", 1'000'000'000, 9},
                               {"min", 60'000'000'000, 7},
                               {"h", 3'600'000'000'000, 6},
                               {"d", 86'400'000'000'000, 5}};

std::string Names(std::span<const Unit> units) {
  std::string names;
  for (const Unit& unit : units) names += (names.empty() ? "" : ", ") + std::string(unit.name);
  return names;
}

// A number and one of `units`; `what` is "a size", `example` "64KiB".
Parsed<int64_t> ParseQuantity(const std::string& text, std::span<const Unit> units,
                              const std::string& what, const std::string& example) {
  const size_t end = std::min(text.find_first_not_of(kDigits), text.size());
  const std::string number = text.substr(0, end);
  const std::string unit = text.substr(end);
  if (number.empty())
    return Wrong("wrong-unit", Quoted(text) + " is not " + what, "write it like " + example);
  if (unit.empty())
    return Wrong("wrong-unit", what + " needs a unit, " + Quoted(text) + " has none",
                 "write it like " + example + " (" + Names(units) + ")");
  const auto known = std::ranges::find(units, unit, &Unit::name);
  if (known == units.end())
    return Wrong("wrong-unit", Quoted(unit) + " is not a unit of " + what.substr(2),
                 "the units are " + Names(units));
  const auto count = ParseCount(number, known->most_digits);
  if (!count && count.error().code == "out-of-range")
    return Wrong("out-of-range", Quoted(text) + " is too large");
  if (!count) return std::unexpected(count.error());
  return *count * known->factor;
}

std::string QuantityPattern(std::span<const Unit> units, bool positive) {
  std::string pattern;
  for (const Unit& unit : units) {
    const std::string digits = "[1-9][0-9]{0," + std::to_string(unit.most_digits - 1) + "}";
    pattern += (pattern.empty() ? "" : "|") + (positive ? digits : "(0|" + digits + ")") +
               std::string(unit.name);
  }
  return "(" + pattern + ")";
}

Parsed<int64_t> ParseByteCount(const std::string& text) {
  return ParseQuantity(text, kSizes, "a size", "64KiB");
}

// "10s", "3KiB": digits, then letters.
bool HasUnit(std::string_view text) {
  const size_t unit = text.find_first_not_of(kDigits);
  return unit != 0 && unit != std::string_view::npos &&
         std::ranges::all_of(text.substr(unit), [](char c) { return std::isalpha(c) != 0; });
}

std::unexpected<Complaint> NeedlessUnit(const std::string& text) {
  return Wrong("wrong-unit", "a count has no unit, " + Quoted(text) + " has one",
               "write the number alone");
}

Parsed<int64_t> ParsePlainCount(const std::string& text) {
  if (AllDigits(text)) return ParseCount(text);
  if (HasUnit(text)) return NeedlessUnit(text);
  return Wrong("bad-range", Quoted(text) + " is no count and no range",
               "write 3, 1..3, 2.. or ..4");
}

using ParseBound = Parsed<int64_t> (*)(const std::string&);

Parsed<Range> ParseBounds(const std::string& text, ParseBound parse) {
  const size_t dots = text.find("..");
  if (dots == std::string::npos) {
    const auto exactly = parse(text);
    if (!exactly) return std::unexpected(exactly.error());
    return Range{*exactly, *exactly};
  }
  const std::string least = text.substr(0, dots);
  const std::string most = text.substr(dots + 2);
  if (least.empty() && most.empty())
    return Wrong("bad-range", "'..' has no bound", "write 3, 1..3, 2.. or ..4");
  Range range;
  if (!least.empty()) {
    const auto bound = parse(least);
    if (!bound) return std::unexpected(bound.error());
    range.least = *bound;
  }
  if (!most.empty()) {
    const auto bound = parse(most);
    if (!bound) return std::unexpected(bound.error());
    range.most = *bound;
  }
  if (range.most && *range.most < range.least)
    return Wrong("empty-range", Quoted(text) + " holds no number", "write the smaller bound first");
  return range;
}

bool IsSegment(std::string_view text) { return text == "*" || text == "**" || AllDigits(text); }

Parsed<int> ParseOrdinal(std::string_view text, const std::string& whole) {
  const auto number = AllDigits(text) ? ParseCount(text) : Parsed<int64_t>(0);
  if (!number || *number < 1 || *number > 1'000'000)
    return Wrong("bad-who", Quoted(text) + " in " + Quoted(whole) + " is no number from 1 on",
                 "cat#2 is the second cat, submission/1 the first child");
  return static_cast<int>(*number);
}

Parsed<Who::Segment> ParseSegment(std::string_view text, const std::string& whole) {
  if (text == "*") return Who::Segment{Who::Step::kChildren, 0};
  if (text == "**") return Who::Segment{Who::Step::kDescendants, 0};
  const auto number = ParseOrdinal(text, whole);
  if (!number) return std::unexpected(number.error());
  return Who::Segment{Who::Step::kChild, *number};
}

// Takes "/1/*" off the end of `rest`.
Parsed<std::vector<Who::Segment>> TakeSegments(std::string& rest, const std::string& whole) {
  std::vector<Who::Segment> path;
  for (size_t slash = rest.rfind('/'); slash != std::string::npos && slash > 0;
       slash = rest.rfind('/')) {
    const std::string_view last = std::string_view(rest).substr(slash + 1);
    if (!IsSegment(last)) break;
    const auto segment = ParseSegment(last, whole);
    if (!segment) return std::unexpected(segment.error());
    path.insert(path.begin(), *segment);
    rest.resize(slash);
  }
  return path;
}

Parsed<int> ParsePort(const std::string& text, const std::string& whole) {
  const auto port = ParseCount(text);
  if (!port || *port < 1 || *port > 65535)
    return Wrong("bad-port", Quoted(text) + " in " + Quoted(whole) + " is no port",
                 "ports go from 1 to 65535");
  return static_cast<int>(*port);
}

// "listens:8080", "listens:sock", "holds:F"; `rest` is what follows the colon.
Parsed<Who> ParseByFile(Who who, const std::string& prefix, const std::string& rest) {
  if (rest.empty())
    return Wrong("bad-who", Quoted(who.text) + " says no path", "write " + prefix + ":PATH");
  who.word = rest;
  who.base = prefix == "holds" ? Who::Base::kHolds : Who::Base::kListensPath;
  if (prefix == "holds" || !AllDigits(rest)) return who;
  const auto port = ParsePort(rest, who.text);
  if (!port) return std::unexpected(port.error());
  who.base = Who::Base::kListensPort;
  who.port = *port;
  return who;
}

Parsed<Who> ParseBaseWord(Who who, const std::string& word, const IsWord& is_name) {
  if (word.empty() || word.find_first_of(" \t\n/#:{}>") != std::string::npos)
    return Wrong("bad-who", Quoted(who.text) + " names no process",
                 "write submission, all, a name, a program, or submission/1 for a child");
  who.word = word;
  who.base = word == "submission" ? Who::Base::kSubmission
             : word == "all"      ? Who::Base::kAll
             : is_name(word)      ? Who::Base::kName
                                  : Who::Base::kProgram;
  return who;
}

Parsed<Who> ParseBase(Who who, const std::string& base, const IsWord& is_name) {
  const size_t colon = base.find(':');
  if (colon == std::string::npos) return ParseBaseWord(std::move(who), base, is_name);
  const std::string prefix = base.substr(0, colon);
  if (prefix == "listens" || prefix == "holds")
    return ParseByFile(std::move(who), prefix, base.substr(colon + 1));
  std::string hint = DidYouMean(prefix, {"listens", "holds", "group"});
  if (hint.empty()) hint = "the prefixes are listens:, holds: and group:";
  return Wrong("bad-who", Quoted(prefix + ":") + " in " + Quoted(who.text) + " is no prefix", hint);
}

Parsed<Who> ParseGroup(Who who, const IsWord& is_name) {
  who.base = Who::Base::kGroup;
  who.word = who.text.substr(std::string_view("group:").size());
  auto inner = ParseWho(who.word, is_name);
  if (!inner) return std::unexpected(inner.error());
  who.group.push_back(std::move(*inner));
  return who;
}

Parsed<EdgeEnd> ParseEnd(const std::string& text, const IsWord& is_name, const IsWord& is_channel) {
  if (is_channel(text)) return ChannelEnd{text};
  if (text == "submission" || text == "all" || is_name(text))
    return Wrong("bad-edge", Quoted(text) + " is a process, and no end of an edge",
                 "name a descriptor of it: " + text + ".1");
  const size_t dot = text.rfind('.');
  const std::string descriptor = dot == std::string::npos ? "" : text.substr(dot + 1);
  static constexpr std::string_view kStandard[] = {"stdin", "stdout", "stderr"};
  if (const auto word = std::ranges::find(kStandard, descriptor); word != std::end(kStandard))
    return Wrong("bad-edge", Quoted(text) + " is no end of an edge",
                 "write the descriptor's number: " + text.substr(0, dot + 1) +
                     std::to_string(word - std::begin(kStandard)));
  if (descriptor != "*" && !AllDigits(descriptor)) return PathEnd{text};
  auto who = ParseWho(text.substr(0, dot), is_name);
  if (!who) return std::unexpected(who.error());
  DescriptorEnd end{std::move(*who), std::nullopt};
  if (descriptor == "*") return end;
  const auto number = ParseCount(descriptor);
  if (!number || *number > 1'048'576)
    return Wrong("bad-edge", Quoted(descriptor) + " is no descriptor");
  end.fd = static_cast<int>(*number);
  return end;
}

std::string Trimmed(std::string_view text) {
  const size_t from = text.find_first_not_of(' ');
  if (from == std::string_view::npos) return {};
  return std::string(text.substr(from, text.find_last_not_of(' ') - from + 1));
}

// Digits at fixed places: "2030-01-01T00:00:00Z".
bool HasDateShape(std::string_view text) {
  static constexpr std::string_view kShape = "dddd-dd-ddTdd:dd:ddZ";
  return std::ranges::equal(text, kShape, [](char c, char shape) {
    return shape == 'd' ? kDigits.contains(c) : c == shape;
  });
}

}  // namespace

std::string Quoted(std::string_view word) { return "'" + Escaped(word, 60) + "'"; }

std::string DidYouMean(std::string_view word, const std::vector<std::string>& candidates) {
  if (word.size() < 2) return "";  // every other letter would be near
  const std::string nearest = Nearest(word, candidates);
  return nearest.empty() || nearest == word ? "" : "did you mean '" + nearest + "'?";
}

std::string Suggestion(std::string_view word, const std::vector<std::string>& candidates) {
  constexpr size_t kFew = 12;
  std::string near = DidYouMean(word, candidates);
  if (!near.empty() || candidates.empty() || candidates.size() > kFew) return near;
  return "known: " + Listed(candidates);
}

Parsed<int64_t> ParseInteger(const std::string& text, const std::string& what) {
  const bool negative = text.starts_with('-');
  const std::string digits = text.substr(negative ? 1 : 0);
  if (HasUnit(digits)) return NeedlessUnit(text);
  if (!AllDigits(digits))
    return Wrong("wrong-type", "expected " + what + ", found " + Quoted(text));
  const auto count = ParseCount(digits);
  if (!count) return std::unexpected(count.error());
  return negative ? -*count : *count;
}

Parsed<Bytes> ParseSize(const std::string& text) {
  const auto count = ParseByteCount(text);
  if (!count) return std::unexpected(count.error());
  return Bytes{static_cast<uint64_t>(*count)};
}

Parsed<Duration> ParseDuration(const std::string& text) {
  const auto count = ParseQuantity(text, kDurations, "a duration", "10s");
  if (!count) return std::unexpected(count.error());
  return Duration(*count);
}

std::string SizePattern(bool positive) { return QuantityPattern(kSizes, positive); }
std::string DurationPattern(bool positive) { return QuantityPattern(kDurations, positive); }

Parsed<Range> ParseRange(const std::string& text) { return ParseBounds(text, ParsePlainCount); }
Parsed<Range> ParseSizeRange(const std::string& text) { return ParseBounds(text, ParseByteCount); }

Parsed<int> ParseMode(const std::string& text) {
  const bool octal = text.find_first_not_of("01234567") == std::string::npos;
  if (!octal || text.size() < 3 || text.size() > 4)
    return Wrong("bad-mode", Quoted(text) + " is no mode", "write four octal digits: \"0644\"");
  int mode = 0;
  std::from_chars(text.data(), text.data() + text.size(), mode, 8);
  return mode;
}

Parsed<std::string> ParseDate(const std::string& text) {
  const auto wrong = [&] {
    return Wrong("bad-date", Quoted(text) + " is no date", "write \"2030-01-01T00:00:00Z\"");
  };
  if (!HasDateShape(text)) return wrong();
  const auto number = [&](size_t at, size_t length) {
    return static_cast<unsigned>(std::stoul(text.substr(at, length)));
  };
  const std::chrono::year_month_day day{std::chrono::year(static_cast<int>(number(0, 4))),
                                        std::chrono::month(number(5, 2)),
                                        std::chrono::day(number(8, 2))};
  if (!day.ok() || number(11, 2) > 23 || number(14, 2) > 59 || number(17, 2) > 59) return wrong();
  return text;
}

Parsed<Who> ParseWho(const std::string& text, const IsWord& is_name) {
  Who who{.text = text};
  if (text.starts_with("group:")) return ParseGroup(std::move(who), is_name);
  std::string rest = text;
  auto path = TakeSegments(rest, text);
  if (!path) return std::unexpected(path.error());
  who.path = std::move(*path);
  if (const size_t hash = rest.rfind('#'); hash != std::string::npos) {
    const auto number = ParseOrdinal(std::string_view(rest).substr(hash + 1), text);
    if (!number) return std::unexpected(number.error());
    who.number = *number;
    rest.resize(hash);
  }
  return ParseBase(std::move(who), rest, is_name);
}

Parsed<Edge> ParseEdge(const std::string& text, const IsWord& is_name, const IsWord& is_channel) {
  const size_t arrow = text.find("->");
  const bool once = arrow != std::string::npos && text.find("->", arrow + 2) == std::string::npos;
  const std::string from = once ? Trimmed(std::string_view(text).substr(0, arrow)) : "";
  const std::string to = once ? Trimmed(std::string_view(text).substr(arrow + 2)) : "";
  if (from.empty() || to.empty())
    return Wrong("bad-edge", Quoted(text) + " is no edge", "write \"cat.1 -> sort.0\"");
  auto source = ParseEnd(from, is_name, is_channel);
  if (!source) return std::unexpected(source.error());
  auto target = ParseEnd(to, is_name, is_channel);
  if (!target) return std::unexpected(target.error());
  return Edge{std::move(*source), std::move(*target), text};
}

bool IsName(std::string_view text) {
  const auto letter = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; };
  return !text.empty() && letter(text[0]) &&
         std::ranges::all_of(text, [&](char c) { return letter(c) || c == '-' || c == '_'; });
}

}  // namespace plumbline::spec
