// SPDX-License-Identifier: MIT
#include "graders/output/text_check.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/text.h"
#include "evaluate/claims.h"
#include "evaluate/explain.h"
#include "evaluate/parameters.h"
#include "evaluate/reach.h"
#include "graders/output/repeats.h"

namespace plumbline::graders::output {
namespace {

spec::KindTable Table() {
  spec::KindTable table{
      .name = "output.text",
      .doc = "Passes when the text of the stream is so.",
      .params = {evaluate::Defaulting({.name = "of",
                                       .type = spec::ParamType::kStream,
                                       .doc = "The stream; of a group of connections, each."},
                                      "submission.stdout"),
                 evaluate::AtParam()},
      .findings = {{"wrong-text", "The text is another."},
                   {"unflushed", "It came later: the program had not flushed it."},
                   {"repeated", "It came twice: fork copied what was not flushed."}},
      .one_of = evaluate::ClaimNames()};
  std::ranges::move(evaluate::ClaimParams(), std::back_inserter(table.params));
  return table;
}

std::set<record::Facet> Needs(const spec::Params&) { return {}; }

using evaluate::Msg;

// Placeholders of one connection of a group: {n} is its number in it.
class Numbered : public spec::PlaceholderSource {
 public:
  Numbered(const evaluate::Scene& scene, size_t number) : scene_(scene), number_(number) {}

  std::optional<std::string> ValueOf(const std::string& placeholder) const override {
    if (placeholder == "n" && number_ > 0) return std::to_string(number_);
    return scene_.ValueOf(placeholder);
  }

 private:
  const evaluate::Scene& scene_;
  size_t number_;  // 0: it is in no group
};

evaluate::Message NameOf(const std::string& stream) {
  if (stream == "submission.stdout") return Msg("the standard output");
  if (stream == "submission.stderr") return Msg("the standard error");
  if (stream == "terminal") return Msg("the screen");
  if (stream.ends_with(".received")) {
    return Msg("what came over the connection '{connection}'",
               {{"connection", Escaped(stream.substr(0, stream.rfind('.')))}});
  }
  return Msg("'{stream}'", {{"stream", Escaped(stream)}});
}

bool WasCut(const evaluate::Scene& scene, const std::string& stream) {
  const auto& streams = scene.recording().streams;
  const auto it = streams.find(stream);
  return it != streams.end() && it->second.cut;
}

class Judging {
 public:
  Judging(const evaluate::Scene& scene, const spec::Params& params, const record::Snapshot& at)
      : scene_(scene), params_(params), at_(at) {}

  evaluate::Judgement Stream(const std::string& name, size_t number) const {
    if (!scene_.HasStream(name)) return NeverThere(name);
    const Numbered source(scene_, number);
    const evaluate::Subject now = SubjectOf(name, &at_);
    auto finding = evaluate::JudgeClaims(params_, now, source);
    if (!finding) return evaluate::Pass{};
    if (HoldsLater(name, source)) return Unflushed(now, *finding);
    if (HoldsOnce(name, now, source)) return Repeated(now, *finding);
    std::ranges::move(evaluate::EvidenceOfEnd(scene_), std::back_inserter(finding->evidence));
    // Who never came to write the rest is not helped by comparing bytes.
    if (const auto stands = evaluate::WhyItStands(scene_)) {
      if (finding->why.empty()) finding->why = stands->why;
      if (!stands->next.empty()) finding->next = stands->next;
    }
    return *finding;
  }

 private:
  evaluate::Subject SubjectOf(const std::string& name, const record::Snapshot* at) const {
    return {.name = NameOf(name),
            .text = scene_.StreamAt(name, at),
            .cut = WasCut(scene_, name),
            .origin = OriginOf(name)};
  }

  evaluate::Origin OriginOf(const std::string& name) const {
    if (name.ends_with(".received")) return evaluate::Origin::kSent;
    const std::string program = name.substr(0, name.rfind('.'));
    const auto& processes = scene_.recording().processes;
    const auto it = std::ranges::find(processes, program, &record::Process::started_as);
    if (it == processes.end()) return evaluate::Origin::kPrinted;
    const auto* exited =
        evaluate::ExitOf(scene_, static_cast<record::ProcessIndex>(it - processes.begin()), &at_);
    return exited != nullptr && exited->killed_by == 0 ? evaluate::Origin::kEnded
                                                       : evaluate::Origin::kPrinted;
  }

  evaluate::Judgement NeverThere(const std::string& name) const {
    return evaluate::NotReached{
        Msg("There never was {stream}. {reason}",
            {{"stream", NameOf(name)}, {"reason", evaluate::WhyItEnded(scene_)}})};
  }

  bool HoldsLater(const std::string& name, const Numbered& source) const {
    if (at_.name == "end") return false;
    return !evaluate::JudgeClaims(params_, SubjectOf(name, nullptr), source);
  }

  bool HoldsOnce(const std::string& name, const evaluate::Subject& now,
                 const Numbered& source) const {
    return HoldsWithoutRepeats(scene_, name, now.text, [&](std::string_view once) {
      return !evaluate::JudgeClaims(params_, {now.name, once}, source);
    });
  }

  evaluate::Finding Unflushed(const evaluate::Subject& subject,
                              const evaluate::Finding& now) const {
    return {.code = "unflushed",
            .what = Msg("At '{snapshot}' it was not yet in {text}; it came later.",
                        {{"snapshot", at_.name}, {"text", subject.name}}),
            .evidence = now.evidence,
            .why = Msg("What goes into a pipe or a file is collected in the program and written "
                       "only when the buffer is full or the program ends."),
            .next = Msg("Flush after each line that somebody waits for: fflush(stdout), "
                        "flush=True, std::flush.")};
  }

  evaluate::Finding Repeated(const evaluate::Subject& subject, const evaluate::Finding& now) const {
    return {
        .code = "repeated",
        .what =
            Msg("In {text} something came twice that was printed once.", {{"text", subject.name}}),
        .evidence = now.evidence,
        .why = Msg("fork() copies what was printed and not yet written; both processes write it "
                   "when they end."),
        .next = Msg("Flush before fork(), or end the child with _exit().")};
  }

  const evaluate::Scene& scene_;
  const spec::Params& params_;
  const record::Snapshot& at_;
};

evaluate::Judgement Judge(const evaluate::Scene& scene, const spec::Params& params) {
  const auto at = evaluate::SnapshotAt(scene, params);
  if (!at) return at.error();
  const std::string& of = params.Get<std::vector<std::string>>("of").front();
  const auto streams = scene.StreamsNamed(of);
  const bool group = streams.front() != of;
  const Judging judging(scene, params, **at);
  for (size_t i = 0; i < streams.size(); ++i) {
    evaluate::Judgement judgement = judging.Stream(streams[i], group ? i + 1 : 0);
    if (!std::holds_alternative<evaluate::Pass>(judgement)) return judgement;
  }
  return evaluate::Pass{};
}

}  // namespace

evaluate::CheckKind Text() { return evaluate::Observing<Needs, Judge>(Table()); }

}  // namespace plumbline::graders::output
