// SPDX-License-Identifier: MIT
#include <unistd.h>
#include <algorithm>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/text.h"
#include "cli/catalogue.h"
#include "cli/commands.h"
#include "cli/console.h"
#include "cli/document.h"
#include "cli/student_folder.h"
#include "graders/builtin.h"
#include "graders/explanations.h"
#include "report/layout.h"
#include "report/options.h"
#include "report/translator.h"

namespace plumbline::cli {
namespace {

using graders::Explanation;
using Explained = std::vector<const Explanation*>;

// Every kind, in the order of the manual.
Explained AllIn(const std::string& lang) {
  Explained all;
  for (const spec::KindTable& kind : graders::KindTables()) {
    if (const Explanation* one = graders::ExplanationOf(kind.name, lang)) all.push_back(one);
  }
  return all;
}

// --- What one check of an exercise is about.

void Add(const std::vector<spec::Clause>& clauses, const std::string& lang, Explained& kinds) {
  for (const spec::Clause& clause : clauses) {
    const Explanation* const one = graders::ExplanationOf(clause.kind, lang);
    if (one != nullptr && std::ranges::find(kinds, one) == kinds.end()) kinds.push_back(one);
  }
}

Explained KindsOf(const spec::Check& check, const std::string& lang) {
  Explained kinds;
  for (const spec::Requirement& requirement : check.requirements) {
    if (const auto* clause = std::get_if<spec::Clause>(&requirement)) {
      Add({*clause}, lang, kinds);
    } else {
      for (const auto& clauses : std::get<spec::AnyOf>(requirement).alternatives)
        Add(clauses, lang, kinds);
    }
  }
  return kinds;
}

Outcome<Explained> OfCheck(const std::string& id, const Options& options, const std::string& lang) {
  TRY_ASSIGN(const spec::Exercise exercise, LoadExercise(options));
  TRY_ASSIGN(const spec::Check* const check, FindCheck(exercise, id, options.teacher));
  return KindsOf(*check, lang);
}

// EXERCISE/ID; the exercise may be a folder, so that the last slash counts.
Outcome<Explained> OfCheckNamed(Options options, const std::string& lang) {
  const size_t slash = options.explained.rfind('/');
  options.exercise = options.explained.substr(0, slash);
  return OfCheck(options.explained.substr(slash + 1), options, lang);
}

// ID alone, of the exercise that the student's folder is about.
Outcome<Explained> OfOwnCheck(const Options& options, const std::string& lang) {
  TRY_ASSIGN(const Options own, Completed(options));
  return OfCheck(options.explained, own, lang);
}

// --- What a word means.

Outcome<Explained> OfKind(const std::string& word, const std::string& lang) {
  if (const Explanation* one = graders::ExplanationOf(word, lang)) return Explained{one};
  std::vector<std::string> names;
  for (const Explanation* one : AllIn(lang)) names.push_back(one->kind);
  const std::string near = Nearest(word, names);
  return Refuse("there is no kind of check '" + Escaped(word) + "'",
                near.empty() ? "plumbline explain lists the kinds; EXERCISE/ID is a check's own"
                             : "did you mean '" + near + "'?");
}

// The name of every kind has a dot, that of no check.
bool NamesAKind(const std::string& word) {
  return !word.contains('/') && (word.contains('.') || !InStudentFolder());
}

Outcome<Explained> Find(const Options& options, const std::string& lang) {
  if (NamesAKind(options.explained)) return OfKind(options.explained, lang);
  return options.explained.contains('/') ? OfCheckNamed(options, lang) : OfOwnCheck(options, lang);
}

// --- How it is told.

void PrintTitles(const Explained& all) {
  size_t widest = 0;
  for (const Explanation* one : all) widest = std::max(widest, one->kind.size());
  for (const Explanation* one : all)
    Print(report::Padded(one->kind, widest + 2) + std::string(one->title) + "\n");
}

// Markdown as it is, its headings strong where there is colour. A # inside a fence is none.
void PrintText(std::string_view text, bool colour) {
  bool fenced = false;
  for (const std::string_view line : Lines(text)) {
    if (line.starts_with("```")) fenced = !fenced;
    const bool heading = !fenced && line.starts_with("#");
    Print(report::Painted(line, heading ? report::Paint::kStrong : report::Paint::kPlain, colour) +
          "\n");
  }
}

void PrintTexts(const Explained& kinds, bool colour) {
  for (const Explanation* one : kinds) {
    if (one != kinds.front()) Print("\n");
    PrintText(one->text, colour);
  }
}

nlohmann::ordered_json AsDocument(const Explanation& one) {
  return {{"kind", one.kind}, {"title", one.title}, {"text", one.text}};
}

// A kind is one object; a check or the list are all of theirs.
nlohmann::ordered_json AsDocument(const Explained& kinds, bool one_kind) {
  if (one_kind) return AsDocument(*kinds.front());
  auto document = nlohmann::ordered_json::array();
  for (const Explanation* one : kinds) document.push_back(AsDocument(*one));
  return document;
}

}  // namespace

Outcome<Exit> RunExplain(const Options& options) {
  const std::string lang = report::ChooseLanguage(options.lang);
  const bool list = options.explained.empty();
  Explained kinds = AllIn(lang);
  if (!list) {
    TRY_ASSIGN(kinds, Find(options, lang));
  }
  if (options.json)
    PrintDocument(AsDocument(kinds, !list && NamesAKind(options.explained)));
  else if (list)
    PrintTitles(kinds);
  else
    PrintTexts(kinds, report::WantsColour(options.color, STDOUT_FILENO));
  return Exit::kPassed;
}

}  // namespace plumbline::cli
