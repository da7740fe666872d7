// SPDX-License-Identifier: MIT
#include "evaluate/claims.h"

#include <re2/re2.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <string>
#include <vector>

#include "base/text.h"
#include "evaluate/comparison.h"
#include "spec/pattern.h"

namespace plumbline::evaluate {
namespace {

constexpr size_t kShown = 120;  // bytes of a line that a finding shows
constexpr size_t kBefore = 40;  // of them before the difference, in a long line
constexpr size_t kLong = 4096;  // of a text that misses more, no more is told

Finding WrongText(Message what, std::vector<Message> evidence, Message why, Message next) {
  return {.code = "wrong-text",
          .what = std::move(what),
          .evidence = std::move(evidence),
          .why = std::move(why),
          .next = std::move(next),
          .location = {},
          .comparison = {}};
}

Message LookAtOutput() { return Msg("Compare the two, byte by byte: blanks and newlines count."); }

// --- Where two texts differ.

size_t CommonLength(std::string_view a, std::string_view b) {
  return static_cast<size_t>(std::ranges::mismatch(a, b).in1 - a.begin());
}

int64_t LineAt(std::string_view text, size_t offset) {
  return std::ranges::count(text.substr(0, offset), '\n') + 1;
}

// The line around `offset`, its newline included; of a long one the part where the difference is.
std::string LineAround(std::string_view text, size_t offset) {
  const size_t start = std::max(LineStart(text, offset), offset > kBefore ? offset - kBefore : 0);
  const size_t newline = text.find('\n', offset);
  const size_t end = newline == std::string_view::npos ? text.size() : newline + 1;
  const bool cut_before = start > LineStart(text, offset);
  return (cut_before ? "…" : "") + Escaped(text.substr(start, end - start), kShown);
}

std::string Without(std::string_view text, char unwanted) {
  std::string kept(text);
  std::erase(kept, unwanted);
  return kept;
}

std::string Lowered(std::string_view text) {
  std::string lowered(text);
  for (char& c : lowered) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return lowered;
}

std::string WithoutBlanks(std::string_view text) {
  std::string kept(text);
  std::erase_if(kept, [](unsigned char c) { return std::isspace(c) != 0; });
  return kept;
}

// What the two have in common although they differ: a likely cause.
Message CauseOf(std::string_view expected, std::string_view got) {
  if (got.find('\0') != std::string_view::npos && Without(got, '\0') == expected) {
    return Msg(
        "A zero byte was written too: the one that ends a string in C is not part of the text.");
  }
  if (got.find('\r') != std::string_view::npos && Without(got, '\r') == Without(expected, '\r')) {
    return Msg("Only the ends of the lines differ: \\r\\n instead of \\n.");
  }
  if (WithoutBlanks(expected) == WithoutBlanks(got)) {
    return Msg("Only blanks and newlines differ.");
  }
  if (Lowered(expected) == Lowered(got)) return Msg("Only upper and lower case differ.");
  return {};
}

Message WhyNothing(Origin origin) {
  if (origin != Origin::kPrinted) return {};
  return Msg("It was not written, or it still is in the program's own buffer.");
}
Message AfterNothing(Origin origin) {
  switch (origin) {
    case Origin::kSent:
      return Msg("Look what your program does instead of sending it, and what it waits for.");
    case Origin::kEnded:
      return Msg(
          "Look whether it is reached, and whether _exit() or a signal comes before it is "
          "written.");
    case Origin::kPrinted:
      break;
  }
  return Msg("If your program prints it, flush it before it waits or ends by a signal.");
}

Message WhyTheRestIsMissing(Origin origin) {
  switch (origin) {
    case Origin::kSent:
      return Msg("A single send() may take less than it is given.");
    case Origin::kEnded:
      return {};
    case Origin::kPrinted:
      break;
  }
  return Msg("The rest was not written, or it still is in the program's own buffer.");
}
Message AfterMissing(Origin origin) {
  switch (origin) {
    case Origin::kSent:
      return Msg("Look what each send() returns, and what your program does before all is sent.");
    case Origin::kEnded:
      return Msg("Look whether each read and each write was complete, and what ends the loop.");
    case Origin::kPrinted:
      break;
  }
  return Msg("Look whether each write was complete, and flush what is printed before waiting.");
}

Finding EndsTooEarly(const Subject& subject, std::string_view expected) {
  const std::string_view missing = expected.substr(subject.text.size());
  if (missing == "\n") {
    return WrongText(
        Msg("The newline at the end of {text} is missing.", {{"text", subject.name}}),
        {Msg("It ends with: {got}", {{"got", LineAround(subject.text, subject.text.size())}})}, {},
        Msg("End the last line with a newline too."));
  }
  if (subject.text.empty()) {
    return WrongText(Msg("There is nothing in {text}.", {{"text", subject.name}}),
                     {Msg("Expected: {expected}", {{"expected", LineAround(expected, 0)}})},
                     WhyNothing(subject.origin), AfterNothing(subject.origin));
  }
  const Message why = WhyTheRestIsMissing(subject.origin);
  const Message next = AfterMissing(subject.origin);
  // How much of a long text came depends on how full the kernel's buffers were, and two grades of
  // one program shall not differ.
  if (missing.size() > kLong) {
    return WrongText(Msg("{text} ends too early: more than {count} bytes are missing.",
                         {{"text", subject.name}, {"count", kLong}}),
                     {}, why, next);
  }
  return WrongText(
      Msg("{text} ends too early. Bytes that are missing: {count}.",
          {{"text", subject.name}, {"count", missing.size()}}),
      {Msg("It ends with: {got}", {{"got", LineAround(subject.text, subject.text.size() - 1)}}),
       Msg("What should come next: {expected}", {{"expected", Escaped(missing, kShown)}})},
      why, next);
}

Finding GoesOnTooLong(const Subject& subject, std::string_view expected) {
  const std::string_view extra = subject.text.substr(expected.size());
  return WrongText(Msg("{text} goes on after its end. Bytes too many: {count}.",
                       {{"text", subject.name}, {"count", extra.size()}}),
                   {Msg("Too much: {got}", {{"got", Escaped(extra, kShown)}})},
                   CauseOf(expected, subject.text), LookAtOutput());
}

// As far as it was kept it is right, and nobody knows the rest.
Finding MoreThanIsKept(const Subject& subject) {
  return WrongText(Msg("{text} is longer than what is kept of it.", {{"text", subject.name}}), {},
                   Msg("A loop that never ends writes more and more."),
                   Msg("Look which loop writes it, and what ends it."));
}

Finding DiffersAt(const Subject& subject, std::string_view expected, size_t offset) {
  const std::string_view got = subject.text;
  return WrongText(
      Msg("{text} differs from what it should be, first in line {line}.",
          {{"text", subject.name}, {"line", LineAt(expected, offset)}}),
      {Msg("Expected: {expected}", {{"expected", LineAround(expected, offset)}}),
       Msg("Got: {got}", {{"got", LineAround(got, offset)}}),
       Msg("The first byte that differs is number {number}.", {{"number", offset + 1}})},
      CauseOf(expected, got), LookAtOutput());
}

std::optional<Finding> DifferenceAt(const Subject& subject, std::string_view expected,
                                    size_t common) {
  const std::string_view got = subject.text;
  if (common == expected.size() && common == got.size() && !subject.cut) return std::nullopt;
  if (common == got.size() && subject.cut) return MoreThanIsKept(subject);
  if (common == got.size() && common < expected.size()) return EndsTooEarly(subject, expected);
  if (common == expected.size()) return GoesOnTooLong(subject, expected);
  return DiffersAt(subject, expected, common);
}

std::optional<Finding> Difference(const Subject& subject, std::string_view expected) {
  const size_t common = CommonLength(expected, subject.text);
  auto finding = DifferenceAt(subject, expected, common);
  // Of a long text how much came differs from run to run; nothing beside something says no more
  // than the finding does.
  const bool told = common < subject.text.size() || expected.size() - common <= kLong;
  if (!finding || !told || subject.cut || subject.text.empty()) return finding;
  // What differs may be behind what is kept of a line, or come out the same escaped.
  Comparison both = Compare(expected, subject.text, common);
  if (both.expected != both.got) finding->comparison = std::move(both);
  return finding;
}

// --- Lines.

std::vector<std::string> Substituted(const std::vector<std::string>& lines,
                                     const spec::PlaceholderSource& source, std::string* missing) {
  std::vector<std::string> values;
  values.reserve(lines.size());
  for (const std::string& line : lines) values.push_back(spec::Substitute(line, source, missing));
  return values;
}

// By line, how many more `expected` has than `got` (less: negative).
std::map<std::string, int, std::less<>> Balance(const std::vector<std::string>& expected,
                                                std::string_view got) {
  std::map<std::string, int, std::less<>> balance;
  for (const std::string& line : expected) ++balance[line];
  for (const std::string_view line : Lines(got)) --balance[std::string(line)];
  return balance;
}

std::optional<Finding> JudgeUnordered(const Subject& subject,
                                      const std::vector<std::string>& expected) {
  std::vector<Message> evidence;
  for (const auto& [line, count] : Balance(expected, subject.text)) {
    if (count == 0 || evidence.size() == 6) continue;
    evidence.push_back(count > 0 ? Msg("Missing: {line}", {{"line", Escaped(line, kShown)}})
                                 : Msg("Too much: {line}", {{"line", Escaped(line, kShown)}}));
  }
  if (!evidence.empty()) {
    return WrongText(
        Msg("{text} does not have just the lines that it should have.", {{"text", subject.name}}),
        std::move(evidence), {}, LookAtOutput());
  }
  if (!subject.text.empty() && !subject.text.ends_with('\n')) {
    return EndsTooEarly(subject, std::string(subject.text) + "\n");
  }
  return std::nullopt;
}

std::optional<Finding> JudgeLines(const Subject& subject, const std::vector<std::string>& expected,
                                  bool unordered) {
  if (unordered) return JudgeUnordered(subject, expected);
  std::string text;
  for (const std::string& line : expected) text += line + "\n";
  return Difference(subject, text);
}

std::optional<Finding> JudgeInOrder(const Subject& subject,
                                    const std::vector<std::string>& expected) {
  const std::vector<std::string_view> lines = Lines(subject.text);
  auto from = lines.begin();
  for (const std::string& line : expected) {
    const auto found = std::find(from, lines.end(), line);
    if (found != lines.end()) {
      from = found + 1;
      continue;
    }
    const bool earlier = std::find(lines.begin(), from, line) != from;
    std::vector<Message> evidence;
    if (from != lines.begin()) {
      evidence.push_back(
          Msg("The line before it did come: {line}", {{"line", Escaped(*(from - 1), kShown)}}));
    }
    if (from != lines.end()) {
      evidence.push_back(Msg("What came next: {line}", {{"line", Escaped(*from, kShown)}}));
    } else if (!subject.text.empty()) {
      evidence.push_back(Msg("Nothing came after that."));
    }
    return WrongText(earlier ? Msg("In {text} this line comes too early: {line}",
                                   {{"text", subject.name}, {"line", Escaped(line, kShown)}})
                             : Msg("In {text} this line is missing: {line}",
                                   {{"text", subject.name}, {"line", Escaped(line, kShown)}}),
                     std::move(evidence), {}, LookAtOutput());
  }
  const bool to_the_end = !expected.empty() && from == lines.end();
  if (to_the_end && !subject.text.ends_with('\n')) {
    return EndsTooEarly(subject, std::string(subject.text) + "\n");
  }
  return std::nullopt;
}

// --- Parts, patterns, emptiness.

std::optional<Finding> JudgeContains(const Subject& subject, const std::string& part) {
  if (subject.text.find(part) != std::string_view::npos) return std::nullopt;
  return WrongText(Msg("{text} does not contain what it should.", {{"text", subject.name}}),
                   {Msg("Expected: {expected}", {{"expected", Escaped(part, kShown)}}),
                    Msg("Got: {got}", {{"got", Escaped(subject.text, kShown)}})},
                   {}, LookAtOutput());
}

std::optional<Finding> JudgeLacks(const Subject& subject, const std::string& part) {
  const size_t at = subject.text.find(part);
  if (at == std::string_view::npos) return std::nullopt;
  return WrongText(Msg("{text} contains what it should not, in line {line}.",
                       {{"text", subject.name}, {"line", LineAt(subject.text, at)}}),
                   {Msg("Too much: {got}", {{"got", Escaped(part, kShown)}})}, {},
                   Msg("Look where your program writes it, and when."));
}

std::optional<Finding> JudgeStart(Subject subject, const std::string& beginning) {
  if (subject.text.starts_with(beginning)) return std::nullopt;
  subject.text = subject.text.substr(0, beginning.size());
  subject.cut = false;
  return Difference(subject, beginning);
}

std::optional<Finding> JudgePattern(const Subject& subject, const std::string& pattern) {
  RE2::Options options;
  options.set_log_errors(false);
  options.set_encoding(IsUtf8(subject.text) ? RE2::Options::EncodingUTF8
                                            : RE2::Options::EncodingLatin1);
  const re2::StringPiece text(subject.text.data(), subject.text.size());
  if (RE2::FullMatch(text, RE2(pattern, options))) return std::nullopt;
  return WrongText(
      Msg("{text} does not have the form that it should have.", {{"text", subject.name}}),
      {Msg("Expected form: {expected}", {{"expected", Escaped(pattern)}}),
       subject.text.empty() ? Msg("Got: nothing")
                            : Msg("Got: {got}", {{"got", Escaped(subject.text)}})},
      {}, Msg("Go through it with the form, and look where it departs from it."));
}

std::optional<Finding> JudgeEmpty(const Subject& subject, bool empty) {
  if (subject.text.empty() == empty) return std::nullopt;
  if (!empty) {
    return WrongText(Msg("There is nothing in {text}.", {{"text", subject.name}}), {}, {},
                     Msg("Write what the statement asks for there."));
  }
  return WrongText(Msg("There should be nothing in {text}.", {{"text", subject.name}}),
                   {Msg("Got: {got}", {{"got", Escaped(subject.text, kShown)}})}, {},
                   Msg("Look where your program writes it, and when."));
}

Finding NoValue(const Subject& subject, const std::string& placeholder) {
  return WrongText(
      Msg("{text} should name '{placeholder}', and there is no such process or connection.",
          {{"text", subject.name}, {"placeholder", Escaped(placeholder)}}),
      {Msg("Got: {got}", {{"got", Escaped(subject.text, kShown)}})},
      Msg("What the text should tell about did not happen."),
      Msg("See to that first: the process has to be started, the connection made."));
}

// The claims of one check, one after the other.
class Judge {
 public:
  Judge(const spec::Params& params, const Subject& subject, const spec::PlaceholderSource& source)
      : params_(params), subject_(subject), source_(source) {}

  std::optional<Finding> operator()() {
    using Claim = std::optional<Finding> (Judge::*)();
    for (const Claim claim : {&Judge::Texts, &Judge::LineLists, &Judge::Rest}) {
      auto finding = (this->*claim)();
      if (!missing_.empty()) return NoValue(subject_, missing_);
      if (finding) return finding;
    }
    return std::nullopt;
  }

 private:
  // What the claim's text is in this run; nothing if the check does not make the claim.
  std::optional<std::string> TextOf(const std::string& claim) {
    const auto* text = params_.Find<spec::Text>(claim);
    if (text == nullptr || !missing_.empty()) return std::nullopt;
    std::string value = spec::Materialize(*text, source_, &missing_);
    return missing_.empty() ? std::optional(std::move(value)) : std::nullopt;
  }

  std::optional<Finding> Texts() {
    std::optional<Finding> finding;
    if (const auto text = TextOf("equals")) finding = Difference(subject_, *text);
    if (finding) return finding;
    if (const auto text = TextOf("starts_with")) finding = JudgeStart(subject_, *text);
    if (finding) return finding;
    if (const auto text = TextOf("contains")) finding = JudgeContains(subject_, *text);
    if (finding) return finding;
    if (const auto text = TextOf("lacks")) finding = JudgeLacks(subject_, *text);
    return finding;
  }

  std::optional<Finding> LineLists() {
    using Strings = std::vector<std::string>;
    if (const auto* lines = params_.Find<Strings>("lines")) {
      const auto* unordered = params_.Find<bool>("unordered");
      auto finding = JudgeLines(subject_, Substituted(*lines, source_, &missing_),
                                unordered != nullptr && *unordered);
      if (finding) return finding;
    }
    if (const auto* lines = params_.Find<Strings>("in_order")) {
      return JudgeInOrder(subject_, Substituted(*lines, source_, &missing_));
    }
    return std::nullopt;
  }

  std::optional<Finding> Rest() {
    if (const auto* pattern = params_.Find<std::string>("matches")) {
      const std::string form = spec::SubstituteInPattern(*pattern, source_, &missing_);
      if (auto finding = JudgePattern(subject_, form)) return finding;
    }
    if (const auto* empty = params_.Find<bool>("empty")) return JudgeEmpty(subject_, *empty);
    return std::nullopt;
  }

  const spec::Params& params_;
  const Subject& subject_;
  const spec::PlaceholderSource& source_;
  std::string missing_;
};

}  // namespace

std::optional<Finding> JudgeClaims(const spec::Params& params, const Subject& subject,
                                   const spec::PlaceholderSource& source) {
  return Judge(params, subject, source)();
}

}  // namespace plumbline::evaluate
