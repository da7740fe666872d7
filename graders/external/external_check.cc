// SPDX-License-Identifier: MIT
#include "graders/external/external_check.h"

#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "base/text.h"
#include "evaluate/external_judge.h"
#include "evaluate/reach.h"

namespace plumbline::graders::external {
namespace {

using evaluate::Msg;
using Json = nlohmann::json;

constexpr size_t kMostText = 2000;  // bytes of one text
constexpr size_t kMostEvidence = 16;
constexpr char kDefaultCode[] = "refused";

spec::KindTable Table() {
  return {.name = "external",
          .doc = "Passes when a program of the exercise's says so, from the recording as JSON.",
          .params = {{.name = "program",
                      .type = spec::ParamType::kProgramPath,
                      .doc = "The program, in the exercise's folder: a script with a `#!` line.",
                      .required = true}},
          .findings = {}};
}

// It may look at anything that a student's own code does.
std::set<record::Facet> Needs(const spec::Params&) {
  std::set<record::Facet> facets = record::AllFacets();
  facets.erase(record::Facet::kLoader);
  return facets;
}

evaluate::Unjudgeable Failed(const std::string& program, const std::string& why) {
  return {Msg("The judge {program} gave no judgement: {why}.",
              {{"program", Escaped(program)}, {"why", why}})};
}

// --- What a program says. `wrong` gets the first thing in it that is not as it has to be.

class Answer {
 public:
  explicit Answer(const Json& said) : said_(said) {}

  std::optional<bool> Passed() {
    const auto passed = said_.find("passed");
    if (passed != said_.end() && passed->is_boolean()) return passed->get<bool>();
    wrong_ = "'passed' has to be true or false";
    return std::nullopt;
  }

  std::string Code() {
    const auto code = said_.find("code");
    if (code == said_.end()) return kDefaultCode;
    if (code->is_string() && IsWord(code->get_ref<const std::string&>()))
      return code->get<std::string>();
    wrong_ = "'code' has to be a word of small letters, digits and hyphens";
    return "";
  }

  // A text, or one in several languages: {"en": ..., "ca": ..., "es": ...}.
  evaluate::Message Text(const char* key) {
    const auto text = said_.find(key);
    return text == said_.end() ? evaluate::Message{} : TextIn(*text, key);
  }

  std::vector<evaluate::Message> Texts(const char* key) {
    std::vector<evaluate::Message> texts;
    const auto list = said_.find(key);
    if (list == said_.end()) return texts;
    if (!list->is_array()) return {TextIn(*list, key)};
    for (const Json& text : *list) {
      if (texts.size() == kMostEvidence) break;
      texts.push_back(TextIn(text, key));
    }
    return texts;
  }

  std::optional<record::Location> Location() {
    const auto at = said_.find("location");
    if (at == said_.end()) return std::nullopt;
    const auto file = at->find("file");
    const auto line = at->find("line");
    if (at->is_object() && file != at->end() && file->is_string() && line != at->end() &&
        line->is_number_unsigned())
      return record::Location{.file = Escaped(file->get<std::string>()), .line = line->get<int>()};
    wrong_ = "'location' has to be {\"file\": TEXT, \"line\": NUMBER}";
    return std::nullopt;
  }

  const std::string& wrong() const { return wrong_; }

 private:
  static bool IsWord(const std::string& text) {
    constexpr std::string_view kAllowed = "abcdefghijklmnopqrstuvwxyz0123456789-";
    return !text.empty() && text.size() <= 64 &&
           text.find_first_not_of(kAllowed) == std::string::npos;
  }

  evaluate::Message TextIn(const Json& text, const char* key) {
    if (text.is_string()) return Msg("{text}", {{"text", Shown(text)}});
    const auto english = text.is_object() ? text.find("en") : text.end();
    if (!text.is_object() || english == text.end() || !english->is_string()) {
      wrong_ =
          "'" + std::string(key) + R"(' has to be a text, or {"en": TEXT, "ca": TEXT, "es": TEXT})";
      return {};
    }
    evaluate::Message message = Msg("{text}", {{"text", Shown(*english)}});
    for (const auto& [language, said] : text.items()) {
      if (language != "en" && said.is_string())
        message.args.emplace_back("text." + language, Shown(said));
    }
    return message;
  }

  static std::string Shown(const Json& text) {
    return Escaped(text.get_ref<const std::string&>(), kMostText);
  }

  const Json& said_;
  std::string wrong_;
};

evaluate::Judgement Judge(const evaluate::Scene& scene, const spec::Params& params) {
  const auto& program = params.Get<std::string>("program");
  const auto judge = scene.exercise().judges.find(program);
  const auto& judgements = scene.recording().judgements;
  const auto kept = judge == scene.exercise().judges.end()
                        ? judgements.end()
                        : judgements.find(evaluate::JudgeKey(judge->second));
  if (kept == judgements.end()) return Failed(program, "it was not asked about this run");
  const Json said = Json::parse(kept->second, nullptr, false);
  if (!said.is_object()) return Failed(program, "what it printed is no JSON object");
  if (const auto error = said.find("error"); error != said.end() && error->is_string())
    return Failed(program, Escaped(error->get<std::string>(), kMostText));

  Answer answer(said);
  const std::optional<bool> passed = answer.Passed();
  evaluate::Finding finding{.code = answer.Code(),
                            .what = answer.Text("what"),
                            .evidence = answer.Texts("evidence"),
                            .why = answer.Text("why"),
                            .next = answer.Text("next"),
                            .location = answer.Location()};
  if (!answer.wrong().empty()) return Failed(program, answer.wrong());
  if (*passed) return evaluate::Pass{};
  if (finding.what.empty())
    finding.what = Msg("{program}, a check of your teacher's, is not content with this run.",
                       {{"program", Escaped(program)}});
  return finding;
}

}  // namespace

evaluate::CheckKind External() { return evaluate::Observing<Needs, Judge>(Table()); }

}  // namespace plumbline::graders::external
