// SPDX-License-Identifier: MIT
#include "report/page_source.h"

#include <fmt/core.h>

#include <algorithm>

#include "base/text.h"
#include "report/layout.h"
#include "report/markup.h"

namespace plumbline::report {
namespace {

using evaluate::Verdict;

constexpr size_t kTab = 8;
constexpr size_t kMostLines = 5000;  // of a file: nobody reads more
constexpr size_t kMostOfLine = 1000;

std::string WithoutTabs(std::string_view line) {
  std::string out;
  size_t column = 0;
  for (const char c : line) {
    if (c == '\t') {
      const size_t spaces = kTab - column % kTab;
      out.append(spaces, ' ');
      column += spaces;
      continue;
    }
    out += c;
    column += (static_cast<unsigned char>(c) & 0xc0) != 0x80 ? 1 : 0;
  }
  return out;
}

}  // namespace

PageSource::PageSource(const Reported& reported) : reported_(reported) {
  for (const auto& [path, text] : reported.sources) {
    Shown& shown = files_.emplace_back(Shown{path, Lines(text)});
    if (shown.lines.size() > kMostLines) shown.lines.resize(kMostLines);
  }
  TakeNotes();
}

// One mistake often fails many checks: the line says it once, with all their names.
void PageSource::TakeNotes() {
  const auto add = [this](Note note) {
    for (Note& other : notes_) {
      if (other.file == note.file && other.line == note.line && other.text == note.text) {
        other.label += ", " + note.label;
        return;
      }
    }
    notes_.push_back(std::move(note));
  };
  for (const auto& diagnostic : reported_.grade.build.diagnostics) {
    if (diagnostic.line > 0)
      add({diagnostic.file, diagnostic.line,
           diagnostic.severity == "error" ? "failed" : "not-reached", diagnostic.severity,
           diagnostic.message});
  }
  for (const auto& check : reported_.grade.checks) {
    if (!reported_.grade.Shows(check)) continue;
    for (const auto& finding : check.findings) {
      if (finding.location)
        add({finding.location->file, finding.location->line,
             check.verdict == Verdict::kFailed ? "failed" : "not-reached", check.id, finding.what});
    }
  }
}

std::string PageSource::AnchorOf(const record::Location& where) const {
  for (size_t i = 0; i < files_.size(); ++i) {
    if (files_[i].path == where.file && where.line >= 1 &&
        static_cast<size_t>(where.line) <= files_[i].lines.size())
      return fmt::format("file-{}-line-{}", i, where.line);
  }
  return "";
}

std::string PageSource::Section(const std::string& title) const {
  if (files_.empty()) return "";
  std::string out = fmt::format(
      "<section id=\"source\" aria-labelledby=\"source-title\">\n<h2 id=\"source-title\">{}</h2>\n",
      title);
  for (size_t i = 0; i < files_.size(); ++i) out += File(i);
  return out + "</section>\n";
}

std::string PageSource::File(size_t number) const {
  const Shown& shown = files_[number];
  const std::string name = XmlText(Escaped(shown.path));
  const bool noted =
      std::ranges::any_of(notes_, [&](const Note& note) { return note.file == shown.path; });
  // A file without a finding is there for who looks for it.
  std::string out = fmt::format("<details class=\"file\"{}><summary><h3>{}</h3></summary>\n",
                                noted || files_.size() == 1 ? " open" : "", name);
  out += fmt::format(
      "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{}\"><ol "
      "class=\"code\">\n",
      name);
  for (size_t i = 0; i < shown.lines.size(); ++i) out += Line(number, i + 1, shown.lines[i]);
  return out + "</ol></div></details>\n";
}

std::string PageSource::Line(size_t file, size_t number, std::string_view text) const {
  std::string notes;
  for (const Note& note : notes_) {
    if (note.file != files_[file].path || static_cast<size_t>(note.line) != number) continue;
    notes += fmt::format("<div class=\"note {}\"><strong>{}</strong> {}</div>", note.kind,
                         XmlText(SafeLines(note.label)), XmlText(SafeLines(note.text)));
  }
  return fmt::format("<li id=\"file-{}-line-{}\"{}><code>{}</code>{}</li>\n", file, number,
                     notes.empty() ? "" : " class=\"noted\"",
                     XmlText(Escaped(WithoutTabs(text), kMostOfLine)), notes);
}

}  // namespace plumbline::report
