// SPDX-License-Identifier: MIT
// One use of a check kind in a test: parameters as a teacher writes them, with the defaults of the
// kind's table, and the judgement on a recording made by hand.
//
//   Use leaked(graders::fds::Leaked());
//   EXPECT_EQ(leaked.With("at", "running").Who({"submission", "cat"}).On(b.Build()),
//   "pipe-end-kept"); EXPECT_THAT(leaked.told(), HasSubstr("descriptor 4"));
#pragma once

#include <algorithm>
#include <cstdlib>
#include <initializer_list>
#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "evaluate/check_kind.h"
#include "evaluate/scene.h"

namespace plumbline::testing {

using Words = std::vector<std::string>;

// "submission", "all", "cat", "sleep#2", "submission/1", "submission/*"; "@name" for what a step or
// a peer is called.
inline spec::Who WhoOf(const std::string& text) {
  spec::Who who;
  who.text = text;
  const size_t end = std::min(text.find_first_of("#/"), text.size());
  const std::string base = text.substr(0, end);
  if (base == "submission") {
    who.base = spec::Who::Base::kSubmission;
  } else if (base == "all") {
    who.base = spec::Who::Base::kAll;
  } else {
    who.base = base.starts_with('@') ? spec::Who::Base::kName : spec::Who::Base::kProgram;
    who.word = base.substr(base.starts_with('@') ? 1 : 0);
  }
  size_t at = end;
  if (at < text.size() && text[at] == '#') {
    who.number = std::atoi(text.c_str() + at + 1);
    at = std::min(text.find('/', at), text.size());
  }
  while (at < text.size()) {
    const size_t next = std::min(text.find('/', at + 1), text.size());
    const std::string word = text.substr(at + 1, next - at - 1);
    if (word == "*") who.path.push_back({spec::Who::Step::kChildren, 0});
    if (word == "**") who.path.push_back({spec::Who::Step::kDescendants, 0});
    if (word[0] != '*') who.path.push_back({spec::Who::Step::kChild, std::atoi(word.c_str())});
    at = next;
  }
  return who;
}

inline spec::WhoList WhoListOf(const std::vector<std::string>& texts) {
  spec::WhoList list;
  for (const std::string& text : texts) list.push_back(WhoOf(text));
  return list;
}

inline spec::Text TextOf(std::string text) {
  return {{{.kind = spec::TextPiece::Kind::kText, .text = std::move(text)}}};
}

// "cat.1", "sort.*", "file:carta.txt", "channel:stdin".
inline spec::EdgeEnd EndOf(const std::string& text) {
  if (text.starts_with("file:")) return spec::PathEnd{text.substr(5)};
  if (text.starts_with("channel:")) return spec::ChannelEnd{text.substr(8)};
  const size_t dot = text.rfind('.');
  spec::DescriptorEnd end{WhoOf(text.substr(0, dot)), {}};
  if (text.substr(dot + 1) != "*") end.fd = std::atoi(text.c_str() + dot + 1);
  return end;
}
inline spec::Edge EdgeOf(const std::string& from, const std::string& to) {
  return {EndOf(from), EndOf(to), from + " -> " + to};
}

// A message in English.
inline std::string Said(const evaluate::Message& message) {
  std::string text = message.id;
  for (const evaluate::Argument& argument : message.args) {
    const std::string name = "{" + argument.name + "}";
    const std::string value = argument.words.empty() ? argument.text : Said(argument.words[0]);
    for (size_t at = text.find(name); at != std::string::npos;
         at = text.find(name, at + value.size()))
      text.replace(at, name.size(), value);
  }
  return text;
}

class Use {
 public:
  explicit Use(evaluate::CheckKind kind) : kind_(std::move(kind)) {
    exercise_.scenarios["plain"].name = "plain";
    for (const spec::ParamSpec& param : kind_.table.params) {
      if (param.default_value) params_.Set(param.name, DefaultOf(param));
    }
  }

  // Single words stand for what the parameter's type makes of them.
  Use& With(const std::string& name, const char* word) { return With(name, std::string(word)); }
  Use& With(const std::string& name, const std::string& word) {
    for (const spec::ParamSpec& param : kind_.table.params) {
      if (param.name == name) params_.Set(name, ValueOf(param.type, word));
    }
    return *this;
  }
  Use& With(const std::string& name, spec::ParamValue value) {
    params_.Set(name, std::move(value));
    return *this;
  }
  Use& Who(const std::vector<std::string>& who) { return With("who", WhoListOf(who)); }
  Use& By(const std::vector<std::string>& by) { return With("by", WhoListOf(by)); }
  Use& Count(int64_t least, std::optional<int64_t> most) {
    return With("count", spec::Range{least, most});
  }

  const spec::Params& params() const { return params_; }
  spec::Exercise& exercise() { return exercise_; }
  Use& Step(spec::Action action) {
    exercise_.scenarios["plain"].steps.push_back({std::move(action), "", {}});
    return *this;
  }

  // "pass", the code of the finding, "not reached" or "unjudgeable". A code that the kind's table
  // does not list is told as that.
  std::string On(const record::Recording& recording,
                 std::vector<const record::Recording*> all_runs = {}) {
    const evaluate::Scene scene(exercise_, recording, std::move(all_runs));
    judgement_ = kind_.judge(scene, params_);
    if (const auto* finding = std::get_if<evaluate::Finding>(&judgement_)) {
      return Lists(finding->code) ? finding->code : finding->code + ", which is not in the table";
    }
    if (std::holds_alternative<evaluate::NotReached>(judgement_)) return "not reached";
    return std::holds_alternative<evaluate::Pass>(judgement_) ? "pass" : "unjudgeable";
  }

  // All that the last judgement says, a sentence a line.
  std::string told() const {
    if (const auto* later = std::get_if<evaluate::NotReached>(&judgement_)) return Said(later->why);
    if (const auto* error = std::get_if<evaluate::Unjudgeable>(&judgement_))
      return Said(error->why);
    const auto* finding = std::get_if<evaluate::Finding>(&judgement_);
    if (finding == nullptr) return "";
    std::string text = Said(finding->what) + "\n";
    for (const evaluate::Message& message : finding->evidence) text += Said(message) + "\n";
    return text + Said(finding->why) + "\n" + Said(finding->next);
  }
  const evaluate::Finding& finding() const { return std::get<evaluate::Finding>(judgement_); }

 private:
  bool Lists(const std::string& code) const {
    const auto& findings = kind_.table.findings;
    // A kind without any makes up its own.
    return findings.empty() ||
           std::ranges::find(findings, code, &spec::FindingSpec::code) != findings.end();
  }

  static spec::ParamValue DefaultOf(const spec::ParamSpec& param) {
    return ValueOf(param.type, *param.default_value);
  }

  static spec::ParamValue ValueOf(spec::ParamType type, const std::string& word) {
    switch (type) {
      case spec::ParamType::kWho:
        return WhoListOf({word});
      case spec::ParamType::kBool:
        return word == "true";
      case spec::ParamType::kRange:
      case spec::ParamType::kSizeRange:
        return word.ends_with("..")
                   ? spec::Range{std::atoll(word.c_str()), {}}
                   : spec::Range{std::atoll(word.c_str()), std::atoll(word.c_str())};
      case spec::ParamType::kDuration:
        return Duration(std::chrono::milliseconds(std::atoll(word.c_str())));
      case spec::ParamType::kCountOrSize:
        return int64_t{std::atoll(word.c_str())};
      case spec::ParamType::kText:
        return TextOf(word);
      case spec::ParamType::kSnapshot:
      case spec::ParamType::kPath:
      case spec::ParamType::kProgramPath:
      case spec::ParamType::kString:
      case spec::ParamType::kRegex:
      case spec::ParamType::kCall:
      case spec::ParamType::kCallResult:
        return word;
      default:
        return Words{word};
    }
  }

  evaluate::CheckKind kind_;
  spec::Exercise exercise_;
  spec::Params params_;
  evaluate::Judgement judgement_;
};

}  // namespace plumbline::testing
