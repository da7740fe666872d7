// SPDX-License-Identifier: MIT
#include <algorithm>

#include "spec/lint.h"
#include "spec/mentions.h"

namespace plumbline::spec {
namespace {

using Kind = Mention::Kind;
using Strings = std::vector<std::string>;

class ScenarioLint {
 public:
  ScenarioLint(Reader& reader, const Exercise& exercise, const Scenario& scenario,
               const NamesByScenario& all, const Mentions& mentions)
      : reader_(reader),
        exercise_(exercise),
        scenario_(scenario),
        all_(all),
        names_(all.at(scenario.name)),
        mentions_(mentions) {}

  void Run() {
    for (const Mention& mention : mentions_) Look(mention);
  }

 private:
  void Look(const Mention& mention) {
    switch (mention.kind) {
      case Kind::kScenario:
        return LookScenario(mention);
      case Kind::kProgram:
        return LookProgram(mention);
      case Kind::kScriptedPeer:
        return LookPeer(mention);
      case Kind::kInputFile:
        return LookFile(mention);
      case Kind::kRelease:
        if (names_.first_hold < 0 || names_.first_hold > mention.item)
          reader_.Report(mention.mark, "nothing-held", "nobody is held before this step");
        return;
      default:
        return LookName(mention);
    }
  }

  void LookScenario(const Mention& mention) {
    if (all_.contains(mention.text)) return;
    reader_.Report(mention.mark, "unknown-scenario", "there is no scenario " + Quoted(mention.text),
                   Suggestion(mention.text, exercise_.scenario_order));
  }

  void LookProgram(const Mention& mention) {
    Strings known;
    for (const Program& program : exercise_.programs) known.push_back(program.name);
    if (std::ranges::find(known, mention.text) != known.end()) return;
    const std::string hint =
        known.empty() ? "the exercise has no 'programs'" : Suggestion(mention.text, known);
    reader_.Report(mention.mark, "unknown-program", "there is no program " + Quoted(mention.text),
                   hint);
  }

  void LookPeer(const Mention& mention) {
    const auto found = names_.all.find(mention.text);
    Strings scripted;
    for (const auto& [name, declared] : names_.all) {
      if (declared.kind == Declared::Kind::kScriptedPeer) scripted.push_back(name);
    }
    if (std::ranges::find(scripted, mention.text) != scripted.end()) return;
    if (found != names_.all.end())
      return reader_.Report(mention.mark, "not-scripted",
                            Quoted(mention.text) + " is no scripted peer",
                            "only a peer of kind: scripted gives its connections to steps");
    reader_.Report(mention.mark, "unknown-peer", "there is no peer " + Quoted(mention.text),
                   Suggestion(mention.text, scripted));
  }

  // What the scenario begins with has to be there; a later start may read what was made meanwhile.
  void LookFile(const Mention& mention) {
    if (mention.item >= 0) return;
    Strings paths;
    for (const FileSpec& file : scenario_.files) paths.push_back(file.path);
    const bool counted =
        std::ranges::any_of(scenario_.files, [](const FileSpec& file) { return file.count > 0; });
    if (counted || std::ranges::find(paths, mention.text) != paths.end()) return;
    reader_.Report(mention.mark, "unknown-file", Quoted(mention.text) + " is none of 'files'",
                   Suggestion(mention.text, paths));
  }

  void LookName(const Mention& mention) {
    if (const auto complaint = WhyMissing(mention, names_, HasTerminal(scenario_)))
      return reader_.Report(mention.mark, *complaint);
    const Needed needed = NeededBy(mention);
    const bool fed = mention.kind == Kind::kChannel || mention.kind == Kind::kClosable;
    if (fed && mention.text == "stdin" && scenario_.input.kind != Input::Kind::kOpen)
      return reader_.Report(mention.mark, "stdin-not-open", "standard input is not open to steps",
                            "add stdin: open to the scenario");
    if (needed.what == Needed::What::kNumber && !IsBesideGroup(mention, mentions_, names_))
      return reader_.Report(mention.mark, NoNumber());
    LookOrder(mention, needed);
  }

  void LookOrder(const Mention& mention, const Needed& needed) {
    const Declared* declared = Find(names_, needed);
    if (declared == nullptr || mention.kind == Kind::kHeld || declared->step < mention.item) return;
    if (declared->step < 0) return;
    reader_.Report(mention.mark, "too-early",
                   Quoted(needed.name) + " is only there from line " +
                       std::to_string(declared->mark.line) + " on",
                   "move this behind that step");
  }

  Reader& reader_;
  const Exercise& exercise_;
  const Scenario& scenario_;
  const NamesByScenario& all_;
  const Names& names_;
  const Mentions& mentions_;
};

}  // namespace

void LintScenario(Reader& reader, const Exercise& exercise, const Scenario& scenario,
                  const NamesByScenario& names, const Mentions& mentions) {
  ScenarioLint(reader, exercise, scenario, names, mentions).Run();
}

}  // namespace plumbline::spec
