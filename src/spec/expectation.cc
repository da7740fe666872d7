// SPDX-License-Identifier: MIT
#include "spec/expectation.h"

#include <algorithm>
#include <system_error>

#include "base/io.h"
#include "spec/types.h"

namespace plumbline::spec {
namespace {

namespace fs = std::filesystem;
using Strings = std::vector<std::string>;
using Findings = std::map<std::string, std::string>;

Type<Findings> FindingsType() {
  using Pairs = std::vector<std::pair<std::string, std::string>>;
  return Converted<Findings>(
      MapOf(NameType("a finding's code"), NameKeys("a check's id")),
      [](Reader& reader, const Node& node, Pairs pairs) -> std::optional<Findings> {
        for (const auto& [check, finding] : node.entries)
          reader.MentionOf(Mention::Kind::kCheck, check.text, check.mark);
        return Findings(pairs.begin(), pairs.end());
      });
}

Type<Expectation> ExpectationType() {
  return Object<Expectation>(
      "an expectation",
      {Required("loses", "Checks that fail or are not reached.",
                Distinct(List(MentionType(Mention::Kind::kCheck, "a check"), 1)),
                &Expectation::loses),
       Optional("finding", "Of some of them, why.", FindingsType(), &Expectation::finding)});
}

// All findings that a check can have; nothing if it has a kind that makes up its own.
std::optional<Strings> FindingsOf(const Check& check, std::span<const KindTable> kinds) {
  Strings codes;
  bool open = false;
  const auto add = [&](const Clause& clause) {
    const auto kind = std::ranges::find(kinds, clause.kind, &KindTable::name);
    if (kind == kinds.end()) return;
    open = open || kind->findings.empty();
    for (const FindingSpec& finding : kind->findings) codes.push_back(finding.code);
  };
  for (const Requirement& requirement : check.requirements) {
    if (const auto* clause = std::get_if<Clause>(&requirement)) {
      add(*clause);
      continue;
    }
    for (const auto& alternative : std::get<AnyOf>(requirement).alternatives)
      std::ranges::for_each(alternative, add);
  }
  return open ? std::nullopt : std::optional(codes);
}

class Comparison {
 public:
  Comparison(Reader& reader, const Exercise& exercise, std::span<const KindTable> kinds)
      : reader_(reader), exercise_(exercise), kinds_(kinds) {}

  void LookChecks() {
    Strings ids;
    for (const Check& check : exercise_.checks) ids.push_back(check.id);
    for (const Mention& mention : reader_.mentions) {
      if (std::ranges::find(ids, mention.text) != ids.end()) continue;
      reader_.Report(mention.mark, "unknown-check", "there is no check " + Quoted(mention.text),
                     Suggestion(mention.text, ids));
    }
  }

  void LookFinding(const Expectation& expectation, const Node& check, const Node& finding) {
    const auto found = std::ranges::find(exercise_.checks, check.text, &Check::id);
    if (found == exercise_.checks.end()) return;
    if (std::ranges::find(expectation.loses, check.text) == expectation.loses.end())
      reader_.Report(check.mark, "not-lost", Quoted(check.text) + " has a finding and is not lost",
                     "add it to 'loses'");
    const auto codes = FindingsOf(*found, kinds_);
    if (!codes || std::ranges::find(*codes, finding.text) != codes->end()) return;
    reader_.Report(finding.mark, "unknown-finding",
                   Quoted(check.text) + " has no finding " + Quoted(finding.text),
                   Suggestion(finding.text, *codes));
  }

 private:
  Reader& reader_;
  const Exercise& exercise_;
  std::span<const KindTable> kinds_;
};

}  // namespace

ExpectationResult ReadExpectation(const std::string& text, const std::string& file,
                                  const Exercise& exercise, std::span<const KindTable> kinds) {
  ExpectationResult result{.source = text};
  Reader reader(result.source, file, exercise.folder);
  if (const auto root = ParseYaml(text, file, reader.mutable_diagnostics())) {
    result.expectation = ExpectationType().read(reader, *root).value_or(Expectation{});
    Comparison comparison(reader, exercise, kinds);
    comparison.LookChecks();
    if (const Node* findings = root->Find("finding")) {
      for (const auto& [check, finding] : findings->entries)
        comparison.LookFinding(result.expectation, check, finding);
    }
  }
  result.diagnostics = InOrder(reader.diagnostics());
  return result;
}

ExpectationResult LoadExpectation(const fs::path& file, const Exercise& exercise,
                                  std::span<const KindTable> kinds) {
  const auto text = ReadFile(file, kLargestFile);
  if (text) return ReadExpectation(*text, file.string(), exercise, kinds);
  ExpectationResult result;
  result.diagnostics.push_back(
      {file.string(), {}, "unreadable", text.error().message, text.error().hint});
  return result;
}

std::vector<fs::path> ProgramsIn(const fs::path& exercise, const std::string& kind) {
  std::vector<fs::path> folders;
  std::error_code error;
  for (fs::directory_iterator it(exercise / kind, error), end; !error && it != end;
       it.increment(error)) {
    if (it->is_directory(error)) folders.push_back(it->path());
  }
  std::ranges::sort(folders);
  return folders;
}

}  // namespace plumbline::spec
