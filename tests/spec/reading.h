// SPDX-License-Identifier: MIT
// Exercises of a few lines, read with the check kinds that exist, and their mistakes by code.
#pragma once

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "graders/builtin.h"
#include "spec/loader.h"

namespace plumbline::spec {

// The text of an exercise. What is not given is right and says nothing.
struct Parts {
  std::string scenarios = "{plain: {}}";
  std::string checks = "[{id: ends, processes.exit: {}}]";
  std::string more = "";  // lines of further keys
};

inline std::string TextOf(const Parts& parts) {
  return "format: 1\nid: x\ntopic: pipes\ntitle: {en: X}\nlanguages: [c, py]\nscenarios: " +
         parts.scenarios + "\nchecks: " + parts.checks + "\n" + parts.more;
}

inline LoadResult ReadParts(const Parts& parts) {
  return LoadText(TextOf(parts), "x.yaml", testing::TempDir(), graders::KindTables());
}

inline std::string AllOf(const LoadResult& loaded) {
  std::string text;
  for (const Diagnostic& diagnostic : loaded.diagnostics) text += Format(diagnostic, loaded.source);
  return text;
}

// The exercise of a text without mistakes.
inline Exercise Good(const Parts& parts) {
  LoadResult loaded = ReadParts(parts);
  EXPECT_TRUE(loaded.ok()) << AllOf(loaded) << "in\n" << loaded.source;
  return std::move(loaded.exercise);
}

// The codes of the mistakes of a text.
inline std::vector<std::string> Codes(const Parts& parts) {
  std::vector<std::string> codes;
  for (const Diagnostic& diagnostic : ReadParts(parts).diagnostics)
    codes.push_back(diagnostic.code);
  return codes;
}

// The scenario `{plain: BODY}`.
inline Scenario GoodScenario(const std::string& body) {
  const Exercise exercise = Good({.scenarios = "{plain: {" + body + "}}"});
  const auto found = exercise.scenarios.find("plain");
  return found == exercise.scenarios.end() ? Scenario{} : found->second;
}
inline std::vector<std::string> ScenarioCodes(const std::string& body) {
  return Codes({.scenarios = "{plain: {" + body + "}}"});
}

// The one step of `{plain: {SETTING, steps: [STEP]}}`, which follows `before`.
template <typename T>
T GoodStep(const std::string& step, const std::string& setting = "",
           const std::string& before = "") {
  const Scenario scenario = GoodScenario(setting + (setting.empty() ? "" : ", ") + "steps: [" +
                                         before + (before.empty() ? "" : ", ") + "{" + step + "}]");
  const T* found = scenario.steps.empty() ? nullptr : std::get_if<T>(&scenario.steps.back().action);
  EXPECT_NE(found, nullptr) << step;
  return found == nullptr ? T{} : *found;
}
inline std::vector<std::string> StepCodes(const std::string& step,
                                          const std::string& setting = "") {
  return ScenarioCodes(setting + (setting.empty() ? "" : ", ") + "steps: [{" + step + "}]");
}

inline std::vector<std::string> TextsOf(const WhoList& list) {
  std::vector<std::string> texts;
  for (const Who& who : list) texts.push_back(who.text);
  return texts;
}

inline Text TextOf(const std::string& text) {
  return {.pieces = {{.kind = TextPiece::Kind::kText, .text = text}}};
}

}  // namespace plumbline::spec
