// SPDX-License-Identifier: MIT
#include "spec/loader.h"

#include <algorithm>
#include <set>

#include "base/hash.h"
#include "base/io.h"
#include "spec/lint.h"
#include "spec/tables.h"

namespace plumbline::spec {
namespace {

using Scenarios = std::vector<std::pair<Node, Node>>;

// --- like

class Inheritance {
 public:
  Inheritance(Reader& reader, const Scenarios& scenarios)
      : reader_(reader), scenarios_(scenarios) {}

  // The scenario with the keys of those that it is like; its own `like` stays among them.
  Node Resolve(const Node& name, const Node& scenario) {
    const Node* like = scenario.Find("like");
    if (like == nullptr || !like->IsScalar()) return scenario;
    const auto base = std::ranges::find(scenarios_, like->text,
                                        [](const auto& entry) { return entry.first.text; });
    if (base == scenarios_.end()) return scenario;
    if (!open_.insert(name.text).second) {
      if (reported_.insert(name.text).second)
        reader_.Report(like->mark, "like-cycle",
                       "scenario " + Quoted(name.text) + " is like itself in the end",
                       "let one of them be written out");
      return scenario;
    }
    Node merged = Merge(Resolve(base->first, base->second), scenario);
    open_.erase(name.text);
    return merged;
  }

 private:
  // A key given replaces the inherited one whole, at its place.
  static Node Merge(const Node& base, const Node& own) {
    Node merged = own;
    merged.entries.clear();
    for (const auto& [key, value] : base.entries) {
      if (key.text != "like" && own.Find(key.text) == nullptr)
        merged.entries.emplace_back(key, value);
    }
    merged.entries.insert(merged.entries.end(), own.entries.begin(), own.entries.end());
    return merged;
  }

  Reader& reader_;
  const Scenarios& scenarios_;
  std::set<std::string> open_;
  std::set<std::string> reported_;
};

// --- The passes

class Loading {
 public:
  Loading(Reader& reader, std::span<const KindTable> kinds) : reader_(reader), kinds_(kinds) {}

  Exercise Load(const Node& root, const std::string& id) {
    auto parts = FileType(kinds_).read(reader_, root);
    if (!parts) return {};
    const std::string& own = parts->exercise.id;
    if (!id.empty() && !own.empty() && own != id)
      reader_.Report(root.Find("id")->mark, "id-not-folder",
                     "the id is " + Quoted(own) + ", the folder " + Quoted(id),
                     "give both one name");
    if (const Node* passing = root.Find("passing")) passing_ = passing->mark;
    exercise_ = std::move(parts->exercise);
    ReadScenarios(parts->scenarios);
    ReadChecks(parts->checks);
    return std::move(exercise_);
  }

 private:
  void ReadScenarios(const Scenarios& scenarios) {
    const Type<Scenario> type = ScenarioType();
    Inheritance inheritance(reader_, scenarios);
    std::map<std::string, Mentions> mentions;
    for (const auto& [name, own] : scenarios) {
      exercise_.scenario_order.push_back(name.text);
      const Node whole = inheritance.Resolve(name, own);
      const Names& names = names_[name.text] = CollectNames(reader_, whole);
      Scenario scenario = ReadOne(type, whole, names).value_or(Scenario{});
      scenario.name = name.text;
      scenario.mark = name.mark;
      if (whole.Find("steps") == nullptr) scenario.steps = DefaultSteps(name.mark);
      exercise_.scenarios[name.text] = std::move(scenario);
      mentions[name.text] = std::move(reader_.mentions);
    }
    for (const auto& [name, list] : mentions)
      LintScenario(reader_, exercise_, exercise_.scenarios.at(name), names_, list);
  }

  template <typename T>
  std::optional<T> ReadOne(const Type<T>& type, const Node& node, const Names& names) {
    reader_.names = &names;
    reader_.mentions.clear();
    reader_.item = -1;
    auto value = type.read(reader_, node);
    reader_.names = nullptr;
    return value;
  }

  static std::vector<Step> DefaultSteps(const Mark& mark) {
    const Who submission{
        .base = Who::Base::kSubmission, .word = "submission", .text = "submission"};
    return {Step{AwaitExit{{submission}, std::nullopt}, "await: exit", mark}};
  }

  void ReadChecks(const std::vector<Node>& nodes) {
    const Type<Check> type = CheckType(kinds_);
    Names any;
    for (const auto& [name, names] : names_) any.Merge(names);
    std::vector<Mentions> mentions;
    for (const Node& node : nodes) {
      auto check = ReadOne(type, node, any);
      if (!check) continue;
      check->mark = node.mark;
      mentions.push_back(std::move(reader_.mentions));
      LintCheck(reader_, exercise_, names_, mentions.back(), *check);
      exercise_.checks.push_back(std::move(*check));
    }
    LintChecks(reader_, exercise_, mentions, passing_);
  }

  Reader& reader_;
  std::span<const KindTable> kinds_;
  Exercise exercise_;
  NamesByScenario names_;
  Mark passing_;
};

std::string HashOf(const std::string& text, const Reader& reader) {
  Hasher hasher;
  hasher.Add(text);
  for (const auto& [name, content] : reader.fixtures()) hasher.Add(name).Add(content);
  for (const auto& [name, content] : reader.judges()) hasher.Add(name).Add(content);
  return hasher.Finish();
}

LoadResult Unreadable(const std::string& file, std::string code, std::string message,
                      std::string hint) {
  LoadResult result;
  result.diagnostics.push_back({file, {}, std::move(code), std::move(message), std::move(hint)});
  return result;
}

// `id`: what the exercise has to be called; "" for anything.
LoadResult ReadText(const std::string& text, const std::string& file,
                    const std::filesystem::path& folder, std::span<const KindTable> kinds,
                    const std::string& id) {
  static constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
  LoadResult result;
  result.source = text.starts_with(kByteOrderMark) ? text.substr(kByteOrderMark.size()) : text;
  if (result.source.size() > kLargestFile.count)
    return Unreadable(file, "too-large", "the file is larger than " + ToString(kLargestFile),
                      "keep long texts in fixtures");
  Reader reader(result.source, file, folder);
  if (const auto root = ParseYaml(result.source, file, reader.mutable_diagnostics()))
    result.exercise = Loading(reader, kinds).Load(*root, id);
  result.exercise.folder = folder;
  result.exercise.judges = reader.judges();
  result.exercise.hash = HashOf(result.source, reader);
  result.diagnostics = InOrder(reader.diagnostics());
  return result;
}

}  // namespace

LoadResult LoadText(const std::string& text, const std::string& file,
                    const std::filesystem::path& folder, std::span<const KindTable> kinds) {
  return ReadText(text, file, folder, kinds, "");
}

LoadResult Load(const std::filesystem::path& folder, std::span<const KindTable> kinds) {
  const std::filesystem::path file = folder / "exercise.yaml";
  std::error_code error;
  const auto size = std::filesystem::file_size(file, error);
  if (!error && size > kLargestFile.count)
    return Unreadable(file.string(), "too-large",
                      "the file is larger than " + ToString(kLargestFile),
                      "keep long texts in fixtures");
  const auto text = ReadFile(file);
  if (!text)
    return Unreadable(file.string(), "unreadable", text.error().message, text.error().hint);
  const std::string id = std::filesystem::weakly_canonical(folder, error).filename().string();
  return ReadText(*text, file.string(), folder, kinds, id);
}

}  // namespace plumbline::spec
