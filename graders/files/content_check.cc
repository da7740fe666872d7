// SPDX-License-Identifier: MIT
#include "graders/files/content_check.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

#include "base/text.h"
#include "evaluate/claims.h"
#include "evaluate/explain.h"
#include "evaluate/parameters.h"
#include "evaluate/reach.h"
#include "graders/files/paths.h"

namespace plumbline::graders::files {
namespace {

spec::KindTable Table() {
  spec::KindTable table{
      .name = "files.content",
      .doc = "Passes when the text of the file is so.",
      .params = {evaluate::Required({.name = "path",
                                     .type = spec::ParamType::kPath,
                                     .doc = "The file; a pattern has to match exactly one."}),
                 evaluate::AtParam()},
      .findings = {{"missing-file", "There is no such file."},
                   {"wrong-text", "It holds something else."}},
      .one_of = evaluate::ClaimNames()};
  std::ranges::move(evaluate::ClaimParams(), std::back_inserter(table.params));
  return table;
}

std::set<record::Facet> Needs(const spec::Params&) {
  return {record::Facet::kFiles, record::Facet::kFileContent};
}

using evaluate::Msg;

evaluate::Judgement JudgeFile(const evaluate::Scene& scene, const spec::Params& params,
                              const File& file) {
  const auto& [name, state] = file;
  if (state->kind != record::ObjectKind::kFile) {
    return evaluate::Finding{.code = "wrong-text",
                             .what = Msg("{path} is no regular file.", {{"path", Escaped(name)}}),
                             .next = Msg("Make it with open() and O_CREAT.")};
  }
  const evaluate::Subject subject{Msg("{path}", {{"path", Escaped(name)}}), state->content,
                                  state->cut};
  auto finding = evaluate::JudgeClaims(params, subject, scene);
  if (!finding) return evaluate::Pass{};
  std::ranges::move(evaluate::EvidenceOfEnd(scene), std::back_inserter(finding->evidence));
  return *finding;
}

evaluate::Judgement Judge(const evaluate::Scene& scene, const spec::Params& params) {
  const auto at = evaluate::SnapshotAt(scene, params);
  if (!at) return at.error();
  const auto& path = params.Get<std::string>("path");
  const auto found = FilesNamed(scene, path, **at);
  if (!found) return found.error();
  if (found->size() != 1) return MissingFile(scene, path, **at, *found);
  return JudgeFile(scene, params, found->front());
}

}  // namespace

evaluate::CheckKind Content() { return evaluate::Observing<Needs, Judge>(Table()); }

}  // namespace plumbline::graders::files
