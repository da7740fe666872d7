// SPDX-License-Identifier: MIT
#include <optional>

#include "base/io.h"
#include "base/text.h"
#include "cli/catalogue.h"
#include "cli/commands.h"
#include "cli/console.h"
#include "cli/document.h"
#include "report/translator.h"

namespace plumbline::cli {
namespace {

// statement.LANG.md, or in another language if there is none in this.
std::string StatementOf(const spec::Exercise& exercise, const std::string& lang) {
  for (const std::string& wanted :
       {lang, std::string("en"), std::string("ca"), std::string("es")}) {
    Result<std::string> text = ReadFile(exercise.folder / ("statement." + wanted + ".md"));
    if (text) return *std::move(text);
  }
  return "# " + spec::In(exercise.title, lang) + "\n";
}

// What a student may know of a check beforehand: of a hidden one, that it exists.
std::string TitleOf(const spec::Check& check, const std::string& lang) {
  const std::string& title = spec::In(check.title, lang);
  return title.empty() ? check.id : title;
}

bool IsShown(const spec::Check& check, const Options& options) {
  return !check.hidden || options.teacher;
}

std::string ChecksAsText(const spec::Exercise& exercise, const Options& options) {
  const std::string lang = report::ChooseLanguage(options.lang);
  std::string text = "\n";
  int hidden = 0;
  for (const spec::Check& check : exercise.checks) {
    if (!IsShown(check, options)) {
      hidden += check.points;
      continue;
    }
    const std::string points = std::to_string(check.points);
    text += std::string(points.size() < 3 ? 3 - points.size() : 0, ' ') + points + "  " +
            TitleOf(check, lang) + (check.bonus ? "  (+)" : "") + "\n";
  }
  if (hidden > 0) text += "     + " + std::to_string(hidden) + "\n";
  return text;
}

nlohmann::ordered_json AsDocument(const spec::Exercise& exercise, const Options& options) {
  const std::string lang = report::ChooseLanguage(options.lang);
  auto checks = nlohmann::ordered_json::array();
  for (const spec::Check& check : exercise.checks) {
    if (!IsShown(check, options)) continue;
    checks.push_back({{"id", check.id},
                      {"title", TitleOf(check, lang)},
                      {"points", check.points},
                      {"bonus", check.bonus},
                      {"hidden", check.hidden}});
  }
  return {{"id", exercise.id},
          {"topic", exercise.topic},
          {"title", spec::In(exercise.title, lang)},
          {"languages", exercise.languages},
          {"statement", StatementOf(exercise, lang)},
          {"checks", checks}};
}

}  // namespace

Outcome<Exit> RunShow(const Options& options) {
  TRY_ASSIGN(const spec::Exercise exercise, LoadExercise(options));
  if (options.json) {
    PrintDocument(AsDocument(exercise, options));
    return Exit::kPassed;
  }
  std::string statement = StatementOf(exercise, report::ChooseLanguage(options.lang));
  if (!statement.ends_with('\n')) statement += '\n';
  Print(statement + ChecksAsText(exercise, options));
  return Exit::kPassed;
}

}  // namespace plumbline::cli
