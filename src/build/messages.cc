// SPDX-License-Identifier: MIT
#include "build/messages.h"

#include <re2/re2.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <tuple>

#include "base/text.h"

namespace plumbline::build {
namespace {

constexpr size_t kMostDiagnostics = 200;
// Nothing that we know says so much in one line; templates may.
constexpr size_t kLongestLine = 16384;

#define FILE_NAME "(?P<file>[^:]+)"
#define LINE "(?P<line>\\d+)"
#define SEVERITY \
  "(?P<severity>error|fatal error|warning|note|sorry, unimplemented|internal compiler error)"
#define MESSAGE "(?P<message>.*)"
#define LINKER "(?:/usr/bin/(?:[a-z0-9_-]+-)?ld(?:\\.[a-z]+)?: )?"

// A form without a message is known and says nothing by itself. The first that matches counts.
constexpr const char* kForms[] = {
    "collect2: error: ld returned .*",
    "compilation terminated\\.",
    // gcc, g++, our Python checker
    FILE_NAME ":" LINE ":(?P<column>\\d+): " SEVERITY ": " MESSAGE,
    FILE_NAME ":" LINE ": " SEVERITY ": " MESSAGE,
    // a compiler, or its driver, about no place
    "(?:gcc|g\\+\\+|cc|c\\+\\+|cc1|cc1plus|as|collect2): " SEVERITY ": " MESSAGE,
    "(?:cc1|cc1plus): (?P<message>out of memory.*)",
    // the linker, of what has debug information and of what has none
    LINKER FILE_NAME ":" LINE ": (?P<message>(?:undefined reference|multiple definition).*)",
    LINKER ".*(?P<message>(?:undefined reference to|multiple definition of) .*)",
    LINKER "(?P<message>cannot find .*)",
    // bash -n
    FILE_NAME ": line " LINE ": (?:(?P<severity>warning): )?(?P<message>[^`].*)",
    // make; its "Error 2" only says that what stands above has failed
    FILE_NAME ":" LINE ": \\*\\*\\* (?P<message>.*?)(?:\\.  Stop\\.)?",
    "make(?:\\[\\d+\\])?: \\*\\*\\* (?P<message>No .*?)(?:\\.  Stop\\.)?",
};

#undef LINKER
#undef MESSAGE
#undef SEVERITY
#undef LINE
#undef FILE_NAME

using Groups = std::map<std::string, std::string>;

class Form {
 public:
  explicit Form(const char* pattern) : pattern_(pattern) {}

  // The named groups that took part; nothing if the line has another form.
  std::optional<Groups> Match(std::string_view line) const {
    std::vector<re2::StringPiece> texts(static_cast<size_t>(pattern_.NumberOfCapturingGroups()) +
                                        1);
    const re2::StringPiece whole(line.data(), line.size());
    if (!pattern_.Match(whole, 0, line.size(), RE2::ANCHOR_BOTH, texts.data(),
                        static_cast<int>(texts.size())))
      return std::nullopt;
    Groups groups;
    for (const auto& [name, number] : pattern_.NamedCapturingGroups())
      groups[name] = texts[static_cast<size_t>(number)].as_string();
    return groups;
  }

 private:
  RE2 pattern_;
};

const std::vector<std::unique_ptr<Form>>& Forms() {
  static const auto forms = [] {
    std::vector<std::unique_ptr<Form>> all;
    for (const char* pattern : kForms) all.push_back(std::make_unique<Form>(pattern));
    return all;
  }();
  return forms;
}

int NumberIn(const Groups& groups, const char* name) {
  const auto found = groups.find(name);
  int number = 0;
  if (found != groups.end())
    std::from_chars(found->second.data(), found->second.data() + found->second.size(), number);
  return number;
}

std::string TextIn(const Groups& groups, const char* name) {
  const auto found = groups.find(name);
  return found == groups.end() ? "" : found->second;
}

std::string SeverityIn(const Groups& groups) {
  const std::string severity = TextIn(groups, "severity");
  return severity == "warning" || severity == "note" ? severity : "error";
}

// The directory that make changed to, in 'quotes', or left.
const RE2& EnteringForm() {
  static const RE2 form("make(?:\\[\\d+\\])?: Entering directory '(.*)'");
  return form;
}
const RE2& LeavingForm() {
  static const RE2 form("make(?:\\[\\d+\\])?: Leaving directory '.*'");
  return form;
}

class Parser {
 public:
  void Read(std::string_view line) {
    if (line.size() > kLongestLine || !(Moved(line) || Understood(line)))
      messages_.log.append(line).append("\n");
  }
  Messages Finish() && { return std::move(messages_); }

 private:
  bool Moved(std::string_view line) {
    const re2::StringPiece text(line.data(), line.size());
    std::string directory;
    if (RE2::FullMatch(text, EnteringForm(), &directory)) {
      directories_.push_back(directory);
    } else if (!RE2::FullMatch(text, LeavingForm())) {
      return false;
    } else if (!directories_.empty()) {
      directories_.pop_back();
    }
    return true;
  }

  bool Understood(std::string_view line) {
    for (const auto& form : Forms()) {
      const std::optional<Groups> groups = form->Match(line);
      if (!groups) continue;
      if (!groups->contains("message")) return false;
      Take(*groups);
      return true;
    }
    return false;
  }

  void Take(const Groups& groups) {
    Diagnostic diagnostic{.file = Place(TextIn(groups, "file")),
                          .line = NumberIn(groups, "line"),
                          .column = NumberIn(groups, "column"),
                          .severity = SeverityIn(groups),
                          .message = TextIn(groups, "message")};
    // The linker's second place, by the compiler's temporary file.
    static const RE2 temporary("/tmp/cc\\w+\\.o:(?:\\./)*");
    RE2::GlobalReplace(&diagnostic.message, temporary, "");
    if (messages_.diagnostics.size() < kMostDiagnostics &&
        seen_.emplace(diagnostic.file, diagnostic.line, diagnostic.column, diagnostic.message)
            .second)
      messages_.diagnostics.push_back(std::move(diagnostic));
  }

  std::string Place(const std::string& written) const {
    if (written.empty()) return written;
    std::filesystem::path path = written;
    if (path.is_relative() && !directories_.empty()) path = directories_.back() / path;
    path = path.lexically_normal();
    for (const char* root : {"/program", "/lab"}) {
      const std::filesystem::path below = path.lexically_relative(root);
      if (path.is_absolute() && !below.empty() && *below.begin() != "..") return below;
    }
    return path;
  }

  Messages messages_;
  std::vector<std::filesystem::path> directories_;
  std::set<std::tuple<std::string, int, int, std::string>> seen_;
};

}  // namespace

Messages ParseMessages(std::string_view output) {
  Parser parser;
  for (const std::string_view line : Lines(output)) parser.Read(line);
  return std::move(parser).Finish();
}

}  // namespace plumbline::build
