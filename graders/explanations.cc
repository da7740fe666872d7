// SPDX-License-Identifier: MIT
#include "graders/explanations.h"

#include <algorithm>
#include <vector>

#include "graders/explain_files.h"

namespace plumbline::graders {
namespace {

// "leaked" of "leaked.ca", and "calls.made" of "calls.made.ca"; "ca" of both.
std::string_view BeforeLastDot(std::string_view name) { return name.substr(0, name.rfind('.')); }
std::string_view AfterLastDot(std::string_view name) { return name.substr(name.rfind('.') + 1); }

std::string KindOf(std::string_view topic, std::string_view name) {
  if (name.contains('.') || name == topic) return std::string(name);
  return std::string(topic) + "." + std::string(name);
}

std::string_view TitleOf(std::string_view text) {
  const std::string_view line = text.substr(0, text.find('\n'));
  return line.starts_with("# ") ? line.substr(2) : std::string_view();
}

Explanation Read(const EmbeddedFile& file) {
  const std::string_view topic = file.path.substr(0, file.path.find('/'));
  const std::string_view name = BeforeLastDot(file.path.substr(file.path.rfind('/') + 1));
  return {KindOf(topic, BeforeLastDot(name)), AfterLastDot(name), TitleOf(file.text), file.text};
}

std::vector<Explanation> ReadAll() {
  std::vector<Explanation> all;
  for (const EmbeddedFile& file : kExplainFiles) all.push_back(Read(file));
  return all;
}

}  // namespace

std::span<const Explanation> Explanations() {
  static const std::vector<Explanation> all = ReadAll();
  return all;
}

const Explanation* ExplanationOf(std::string_view kind, std::string_view lang) {
  const auto it = std::ranges::find_if(Explanations(), [&](const Explanation& explanation) {
    return explanation.kind == kind && explanation.lang == lang;
  });
  return it == Explanations().end() ? nullptr : &*it;
}

}  // namespace plumbline::graders
