// SPDX-License-Identifier: MIT
#include "graders/output/distinct_check.h"

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.h"
#include "evaluate/parameters.h"
#include "evaluate/reach.h"

namespace plumbline::graders::output {
namespace {

spec::KindTable Table() {
  return {.name = "output.distinct",
          .doc = "Passes when all texts differ, over the scenarios of the check too.",
          .params = {evaluate::Defaulting(
              {.name = "of", .type = spec::ParamType::kStreams, .doc = "The streams."},
              "submission.stdout")},
          .findings = {{"same-text", "Two texts are equal."}}};
}

std::set<record::Facet> Needs(const spec::Params&) { return {}; }

using evaluate::Msg;
using record::Recording;

// A stream of one of the check's runs.
struct Told {
  const Recording* run = nullptr;
  std::string stream;
  std::string_view text;
};

std::vector<const Recording*> RunsOf(const evaluate::Scene& scene) {
  if (!scene.all_runs().empty()) return scene.all_runs();
  return {&scene.recording()};
}

std::vector<Told> AllTexts(const evaluate::Scene& scene, const std::vector<std::string>& of) {
  std::vector<Told> texts;
  for (const Recording* run : RunsOf(scene)) {
    const evaluate::Scene there(scene.exercise(), *run);
    for (const std::string& name : of) {
      for (std::string& stream : there.StreamsNamed(name)) {
        const std::string_view text = there.StreamAt(stream);
        texts.push_back({run, std::move(stream), text});
      }
    }
  }
  return texts;
}

evaluate::Message Place(const Told& told) {
  return Msg("'{stream}' in the scenario '{scenario}'",
             {{"stream", Escaped(told.stream)}, {"scenario", Escaped(told.run->header.scenario)}});
}

evaluate::Judgement NeverThere(const evaluate::Scene& scene, const Told& told) {
  const evaluate::Scene there(scene.exercise(), *told.run);
  return evaluate::NotReached{
      Msg("There never was {stream}. {reason}",
          {{"stream", Place(told)}, {"reason", evaluate::WhyItEnded(there)}})};
}

evaluate::Judgement Judge(const evaluate::Scene& scene, const spec::Params& params) {
  std::map<std::string_view, const Told*> first;
  const auto texts = AllTexts(scene, params.Get<std::vector<std::string>>("of"));
  for (const Told& told : texts) {
    if (!evaluate::Scene(scene.exercise(), *told.run).HasStream(told.stream)) {
      return NeverThere(scene, told);
    }
    const auto [it, is_new] = first.emplace(told.text, &told);
    if (is_new) continue;
    return evaluate::Finding{
        .code = "same-text",
        .what = Msg("{first} and {second} are the same.",
                    {{"first", Place(*it->second)}, {"second", Place(told)}}),
        .evidence = {told.text.empty() ? Msg("Both are empty.")
                                       : Msg("Both: {got}", {{"got", Escaped(told.text)}})},
        .why = Msg("What differs from one case to the next was not told."),
        .next =
            Msg("Say in each case what happened: strerror(errno) and the like name the reason.")};
  }
  return evaluate::Pass{};
}

}  // namespace

evaluate::CheckKind Distinct() { return evaluate::Observing<Needs, Judge>(Table()); }

}  // namespace plumbline::graders::output
