// SPDX-License-Identifier: MIT
#include "graders/files/left_check.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "base/text.h"
#include "evaluate/explain.h"
#include "evaluate/parameters.h"
#include "evaluate/reach.h"
#include "graders/files/paths.h"

namespace plumbline::graders::files {
namespace {

spec::KindTable Table() {
  return {.name = "files.left",
          .doc = "Passes when nothing new is left in the working directory.",
          .params = {{.name = "except",
                      .type = spec::ParamType::kGlobs,
                      .doc = "Paths that may be left."}},
          .findings = {{"left-over", "Something new is left."}}};
}

std::set<record::Facet> Needs(const spec::Params&) { return {record::Facet::kFiles}; }

using evaluate::Msg;

evaluate::Reached<std::vector<std::string>> Excepted(const evaluate::Scene& scene,
                                                     const spec::Params& params) {
  std::vector<std::string> patterns;
  const auto* written = params.Find<std::vector<std::string>>("except");
  if (written == nullptr) return patterns;
  for (const std::string& text : *written) {
    auto pattern = PatternOf(scene, text);
    if (!pattern) return std::unexpected(pattern.error());
    patterns.push_back(std::move(*pattern));
  }
  return patterns;
}

evaluate::Judgement Judge(const evaluate::Scene& scene, const spec::Params& params) {
  if (auto cut_short = evaluate::CutShort(scene)) return *cut_short;
  const auto start = evaluate::SnapshotNamed(scene, "start");
  if (!start) return start.error();
  const auto end = evaluate::SnapshotNamed(scene, "end");
  if (!end) return end.error();
  if (!(*start)->files_taken || !(*end)->files_taken) {
    return evaluate::Unjudgeable{Msg("The snapshots hold no files: run it again.")};
  }
  const auto excepted = Excepted(scene, params);
  if (!excepted) return excepted.error();
  std::vector<evaluate::Message> left;
  for (const auto& [name, state] : (*end)->files) {
    const bool may_stay = std::ranges::any_of(
        *excepted, [&](const std::string& pattern) { return Matches(pattern, name); });
    if (!may_stay && !(*start)->files.contains(name)) {
      left.push_back(Msg("Left: {path}", {{"path", Escaped(name)}}));
    }
  }
  if (left.empty()) return evaluate::Pass{};
  const size_t count = left.size();
  if (left.size() > 8) left.resize(8);
  std::ranges::move(evaluate::EvidenceOfEnd(scene), std::back_inserter(left));
  return evaluate::Finding{
      .code = "left-over",
      .what = Msg("Files left at the end that were not there before: {count}.", {{"count", count}}),
      .evidence = std::move(left),
      .why = Msg("A file, FIFO or socket stays until somebody removes its name."),
      .next = Msg("Call unlink() on every way out of the program.")};
}

}  // namespace

evaluate::CheckKind Left() { return evaluate::Observing<Needs, Judge>(Table()); }

}  // namespace plumbline::graders::files
