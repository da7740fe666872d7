// SPDX-License-Identifier: MIT
#include "graders/processes/terminal_check.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.h"
#include "evaluate/parameters.h"
#include "evaluate/reach.h"

namespace plumbline::graders::processes {
namespace {

spec::KindTable Table() {
  return {.name = "processes.terminal",
          .doc = "Passes when the settings of the terminal are equal in both snapshots.",
          .params = {evaluate::BetweenParam()},
          .findings = {{"terminal-changed", "A setting of the terminal differs."}}};
}

std::set<record::Facet> Needs(const spec::Params&) { return {}; }

using evaluate::Msg;

// Settings that differ, as sentences.
std::vector<evaluate::Message> Changes(std::string_view before, std::string_view after) {
  std::map<std::string_view, std::string_view> settings;
  const auto split = [](std::string_view line) {
    const size_t blank = std::min(line.find(' '), line.size());
    return std::pair{line.substr(0, blank), line.substr(std::min(blank + 1, line.size()))};
  };
  for (const std::string_view line : Lines(before)) settings.insert(split(line));
  std::vector<evaluate::Message> changes;
  for (const std::string_view line : Lines(after)) {
    const auto [name, value] = split(line);
    const auto old = settings.find(name);
    if (old == settings.end() || old->second == value || changes.size() == 8) continue;
    changes.push_back(Msg(
        "{name} was {before}, and is now {after}.",
        {{"name", Escaped(name)}, {"before", Escaped(old->second)}, {"after", Escaped(value)}}));
  }
  return changes;
}

evaluate::Judgement Judge(const evaluate::Scene& scene, const spec::Params& params) {
  const auto between = evaluate::SnapshotsBetween(scene, params);
  if (!between) return between.error();
  const auto& [before, after] = *between;
  if (before->terminal.empty() && after->terminal.empty()) {
    return evaluate::Unjudgeable{Msg("This run had no terminal.")};
  }
  if (before->terminal == after->terminal) return evaluate::Pass{};
  return evaluate::Finding{
      .code = "terminal-changed",
      .what =
          Msg("The terminal is not as it was found at '{snapshot}'.", {{"snapshot", before->name}}),
      .evidence = Changes(before->terminal, after->terminal),
      .why =
          Msg("The settings belong to the terminal, not to the program: they stay when it ends."),
      .next = Msg("Keep what tcgetattr() gave at the start, and put it back with tcsetattr() on "
                  "every way out, signals too.")};
}

}  // namespace

evaluate::CheckKind Terminal() { return evaluate::Observing<Needs, Judge>(Table()); }

}  // namespace plumbline::graders::processes
