// SPDX-License-Identifier: MIT
// exercises/WRITING.md holds what the tables hold, its examples are exercises, and what it quotes
// stands in the files of the course. The kinds of checks in it, but for the example below each, and
// exercises/exercise.schema.json are made from the tables: PLUMBLINE_APPROVE=1 in the environment
// writes them anew.
#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include <nlohmann/json.hpp>

#include "base/io.h"
#include "base/text.h"
#include "reading.h"
#include "spec/expectation.h"
#include "spec/notation.h"

namespace plumbline::spec {
namespace {

namespace fs = std::filesystem;

const fs::path kExercises = fs::path(PLUMBLINE_SOURCE) / "exercises";
const fs::path kManual = kExercises / "WRITING.md";

bool Approving() { return std::getenv("PLUMBLINE_APPROVE") != nullptr; }

std::string Manual() { return ReadFile(kManual).value_or(""); }

// --- The kinds

std::string ValueOf(const ParamSpec& param) {
  using P = ParamType;
  static const std::map<P, std::string> kWords{
      {P::kBool, "`true` `false`"},
      {P::kCall, "CALL"},
      {P::kCallResult, "`ok` `error`, ERRNO; of wait `stopped` `continued` `exited` `killed`"},
      {P::kConnection, "a connection"},
      {P::kCount, "a count"},
      {P::kDuration, "a duration"},
      {P::kSize, "a size"},
      {P::kCountOrSize, "a count or a size"},
      {P::kEdge, "an edge"},
      {P::kEdges, "a list of edges"},
      {P::kFdTable, "`{0: socket, 1: pipe}`"},
      {P::kGlobs, "a glob or a list"},
      {P::kArgv, "a list; `~` is anything"},
      {P::kStringMap, "`{NAME: value}`"},
      {P::kStringList, "a name or a list"},
      {P::kMode, "a mode"},
      {P::kOrder,
       "a list of `{call: CALL, by: WHO, result: ok}` `{signals: USR1, by: WHO, who: WHO}` "
       "`{output: TEXT, of: STREAM}` `{stopped: WHO}` `{continued: WHO}` `{exit: WHO}` `{reaped: "
       "WHO}`"},
      {P::kPath, "a path"},
      {P::kProgramPath, "a program beside `exercise.yaml`"},
      {P::kPorts, "a port or a list"},
      {P::kRange, "RANGE"},
      {P::kSizeRange, "RANGE of sizes"},
      {P::kRegex, "a regular expression"},
      {P::kSignal, "a signal"},
      {P::kSignals, "a signal, a list, or `any`"},
      {P::kSnapshot, "a snapshot"},
      {P::kSnapshotPair, "two snapshots"},
      {P::kStream, "a stream"},
      {P::kStreamOrChannel, "a stream or channel"},
      {P::kStreams, "a stream or a list"},
      {P::kString, "a string"},
      {P::kText, "TEXT"},
      {P::kTextLines, "a list of lines"},
      {P::kTree, "`{submission: {A: {}, B: {}}}`"},
      {P::kWho, "WHO or a list"}};
  if (const auto found = kWords.find(param.type); found != kWords.end()) return found->second;
  std::string words;
  for (const Choice& choice : param.choices)
    words += (words.empty() ? "`" : " `") + choice.word + "`";
  return param.type == ParamType::kChoices ? words + ", one or a list" : words;
}

std::string DefaultOf(const ParamSpec& param) {
  if (param.default_value) return "`" + *param.default_value + "`";
  return param.required ? "needed" : "";
}

std::string SectionOf(const KindTable& kind) {
  std::string text = "### `" + kind.name + "`\n\n" + kind.doc + "\n\n";
  if (!kind.params.empty())
    text += "| parameter | value | default | |\n| --- | --- | --- | --- |\n";
  for (const ParamSpec& param : kind.params)
    text += "| `" + param.name + "` | " + ValueOf(param) + " | " + DefaultOf(param) + " | " +
            param.doc + " |\n";
  if (!kind.one_of.empty()) text += "\nNeeds one of " + Listed(kind.one_of) + " at least.\n";
  for (const auto& group : kind.exclusive)
    text += "\nTakes one of " + Listed(group) + " at most.\n";
  if (!kind.params.empty()) text += '\n';
  std::string findings;
  for (const FindingSpec& finding : kind.findings)
    findings += (findings.empty() ? "" : " · ") + ("`" + finding.code + "` ") + finding.doc;
  return text + (findings.empty() ? "Findings are its own." : "Findings: " + findings) + "\n\n";
}

// What somebody wrote below the findings of a kind: a sentence and an example.
std::string_view BelowFindings(std::string_view sections, const KindTable& kind) {
  const size_t head = sections.find("### `" + kind.name + "`\n");
  if (head == std::string::npos) return "";
  const std::string_view section = sections.substr(head, sections.find("\n### ", head) + 1 - head);
  const size_t findings = section.find("\nFindings");
  const size_t below = section.find("\n\n", findings);
  return findings == std::string::npos || below == std::string::npos ? ""
                                                                     : section.substr(below + 2);
}

// As they must be, with what was written below each in `sections`.
std::string SectionsOfKinds(std::string_view sections) {
  std::string text = "\n";
  for (const KindTable& kind : graders::KindTables())
    text += SectionOf(kind) + std::string(BelowFindings(sections, kind));
  return text;
}

constexpr std::string_view kBegin = "<!-- kinds:begin -->\n";
constexpr std::string_view kEnd = "<!-- kinds:end -->";

TEST(Manual, HasTheKindsAsTheirTablesSay) {
  std::string manual = Manual();
  const size_t begin = manual.find(kBegin);
  const size_t end = manual.find(kEnd);
  ASSERT_NE(begin, std::string::npos);
  ASSERT_NE(end, std::string::npos);
  const size_t from = begin + kBegin.size();
  const std::string written = manual.substr(from, end - from);
  const std::string right = SectionsOfKinds(written);
  if (Approving()) {
    manual.replace(from, end - from, right);
    std::ofstream(kManual) << manual;
    return;
  }
  EXPECT_EQ(written, right) << "write it anew: PLUMBLINE_APPROVE=1 ci/test -R Manual";
}

TEST(Manual, HasASchemaBesideIt) {
  const fs::path file = kExercises / "exercise.schema.json";
  const std::string schema = JsonSchema(graders::KindTables());
  if (Approving()) std::ofstream(file) << schema;
  EXPECT_TRUE(ReadFile(file).value_or("") == schema)
      << "write it anew: PLUMBLINE_APPROVE=1 ci/test -R Manual";
}

// --- What it must name

// Every key in backticks, alone or with a value: `like`, `await: exit`, `{exit: WHO, ...}`.
bool Names(const std::string& manual, const std::string& key) {
  for (size_t at = manual.find(key); at != std::string::npos; at = manual.find(key, at + 1)) {
    const auto is_word = [](char c) { return std::isalnum(c) != 0 || c == '-' || c == '_'; };
    const bool alone = at > 0 && !is_word(manual[at - 1]) && !is_word(manual[at + key.size()]);
    if (!alone) continue;
    const char after = manual[at + key.size()];
    if (after == ':' || (manual[at - 1] == '`' && after == '`')) return true;
  }
  return false;
}

void CollectKeys(const nlohmann::json& schema, std::set<std::string>& keys) {
  if (schema.is_object() && schema.contains("additionalProperties") &&
      schema.contains("properties")) {
    for (const auto& [key, value] : schema["properties"].items()) keys.insert(key);
  }
  if (schema.is_structured()) {
    for (const auto& child : schema) CollectKeys(child, keys);
  }
}

TEST(Manual, NamesEveryKey) {
  std::set<std::string> keys;
  CollectKeys(nlohmann::json::parse(JsonSchema(graders::KindTables())), keys);
  EXPECT_GT(keys.size(), 100u);
  const std::string manual = Manual();
  for (const std::string& key : keys) EXPECT_TRUE(Names(manual, key)) << key;
}

TEST(Manual, NamesEveryCode) {
  const std::string manual = Manual();
  for (const auto& entry :
       fs::directory_iterator(fs::path(PLUMBLINE_SOURCE) / "tests/spec/broken")) {
    if (entry.path().extension() != ".yaml") continue;
    const std::string text = ReadFile(entry.path()).value_or("");
    for (const Diagnostic& diagnostic :
         LoadText(text, "x.yaml", entry.path().parent_path(), graders::KindTables()).diagnostics)
      EXPECT_TRUE(manual.contains("`" + diagnostic.code + "`")) << diagnostic.code;
  }
  for (const char* code : {"unreadable", "too-large", "id-not-folder", "not-lost",
                           "unknown-finding", "unused-scenario", "unused-snapshot"})
    EXPECT_TRUE(manual.contains(std::string("`") + code + "`")) << code;
}

// --- Its examples

// A block of code: "```yaml", or "```yaml pipex/exercise.yaml" if it is quoted from that file.
struct Block {
  int line = 0;
  std::string language;
  std::string file;
  std::string text;
};

std::vector<Block> Blocks() {
  std::vector<Block> blocks;
  const std::string manual = Manual();
  int number = 0;
  bool inside = false;
  for (const std::string_view line : Lines(manual)) {
    ++number;
    if (!line.starts_with("```")) {
      if (inside) blocks.back().text += std::string(line) + "\n";
      continue;
    }
    inside = !inside;
    if (!inside) continue;
    const size_t space = std::min(line.find(' '), line.size());
    blocks.push_back({.line = number + 1,
                      .language = std::string(line.substr(3, space - 3)),
                      .file = std::string(line.substr(std::min(space + 1, line.size()))),
                      .text = {}});
  }
  return blocks;
}

std::string Place(const Block& block) { return "WRITING.md:" + std::to_string(block.line); }

std::vector<Block> Examples(const std::string& language) {
  std::vector<Block> examples = Blocks();
  std::erase_if(examples, [&](const Block& block) {
    return block.language != language || !block.file.empty();
  });
  return examples;
}

// What examples name beside exercise.yaml: the manual's own judge, and a solution.
fs::path FolderOfExamples() {
  fs::path folder = fs::path(testing::TempDir()) / "plumbline-manual";
  fs::create_directories(folder / "solutions" / "c");
  for (const Block& judge : Examples("python")) std::ofstream(folder / "judge.py") << judge.text;
  fs::permissions(folder / "judge.py", fs::perms::owner_all);
  return folder;
}

// The exercises of the examples. A part of a file gets the rest: one with checks alone has the
// scenarios of the last one that shows nothing else.
std::vector<Exercise> ExercisesOfExamples() {
  const fs::path folder = FolderOfExamples();
  std::vector<Exercise> exercises;
  std::string scenarios;
  for (const Block& example : Examples("yaml")) {
    if (example.text.starts_with("loses:")) {
      const auto result =
          ReadExpectation(example.text, "expect.yaml", exercises.back(), graders::KindTables());
      for (const Diagnostic& diagnostic : result.diagnostics)
        ADD_FAILURE() << Place(example) << ": " << Format(diagnostic, result.source);
      continue;
    }
    std::string text = example.text;
    if (!text.contains("checks:")) {
      scenarios = text;
      text += "checks: [{id: ends, processes.exit: {}}]\n";
    } else if (!text.contains("scenarios:")) {
      text = scenarios + text;
    }
    if (!text.contains("format:"))
      text = "format: 1\nid: x\ntopic: pipes\ntitle: {en: X}\nlanguages: [c]\n" + text;
    LoadResult loaded = LoadText(text, "x.yaml", folder, graders::KindTables());
    EXPECT_TRUE(loaded.ok()) << Place(example) << ":\n" << AllOf(loaded);
    exercises.push_back(std::move(loaded.exercise));
  }
  return exercises;
}

TEST(Manual, HasExamplesThatAreRight) { EXPECT_GT(ExercisesOfExamples().size(), 30u); }

TEST(Manual, HasAnExampleBelowEachKind) {
  const std::string manual = Manual();
  const std::string sections = manual.substr(manual.find(kBegin), manual.find(kEnd));
  for (const KindTable& kind : graders::KindTables()) {
    const std::string_view below = BelowFindings(sections, kind);
    EXPECT_TRUE(below.contains("```yaml\n")) << kind.name;
    EXPECT_TRUE(below.contains(kind.name + ": {")) << kind.name;
  }
}

TEST(Manual, UsesEveryKind) {
  std::set<std::string> used;
  for (const Exercise& exercise : ExercisesOfExamples()) {
    for (const Check& check : exercise.checks) {
      for (const Requirement& requirement : check.requirements) {
        if (const auto* clause = std::get_if<Clause>(&requirement)) used.insert(clause->kind);
      }
    }
  }
  for (const KindTable& kind : graders::KindTables())
    EXPECT_TRUE(used.contains(kind.name)) << kind.name;
}

// In the order of `Action`.
constexpr std::array kSteps{"await: asleep",
                            "await: blocked",
                            "await: exit",
                            "await: {stopped: ...}",
                            "await: {alive: ...}",
                            "await: {listening: ...}",
                            "await: {output: ...}",
                            "snapshot",
                            "connect",
                            "accept",
                            "send",
                            "receive",
                            "shutdown",
                            "close",
                            "reset",
                            "press",
                            "signal",
                            "file",
                            "start",
                            "hold",
                            "release",
                            "advance"};
static_assert(kSteps.size() == std::variant_size_v<Action>);

TEST(Manual, UsesEveryStep) {
  std::set<size_t> used;
  for (const Exercise& exercise : ExercisesOfExamples()) {
    for (const auto& [name, scenario] : exercise.scenarios) {
      for (const Step& step : scenario.steps) used.insert(step.action.index());
    }
  }
  for (size_t index = 0; index < kSteps.size(); ++index)
    EXPECT_TRUE(used.contains(index)) << kSteps[index];
}

TEST(Manual, UsesEveryPeer) {
  std::set<Peer::Kind> used;
  bool by_command = false, by_solution = false;
  for (const Exercise& exercise : ExercisesOfExamples()) {
    for (const auto& [name, scenario] : exercise.scenarios) {
      for (const Peer& peer : scenario.peers) {
        used.insert(peer.kind);
        by_command |= !peer.command.empty();
        by_solution |= !peer.solution.empty();
      }
    }
  }
  using enum Peer::Kind;
  for (const auto kind : {kEcho, kDaytime, kChargen, kSink, kSilent, kFull, kScripted, kProgram})
    EXPECT_TRUE(used.contains(kind)) << static_cast<int>(kind);
  EXPECT_TRUE(by_command);
  EXPECT_TRUE(by_solution);
}

// --- What it quotes

// Where a line of a quotation says that something was left out.
bool IsGap(std::string_view line) {
  const size_t begin = line.find_first_not_of(' ');
  return begin != std::string_view::npos &&
         (line.substr(begin) == "# …" || line.substr(begin) == "// …" || line.substr(begin) == "…");
}

// The runs of lines of a quotation that follow one another in its file.
std::vector<std::string> Passages(const Block& quotation) {
  std::vector<std::string> passages(1);
  for (const std::string_view line : Lines(quotation.text)) {
    if (IsGap(line)) {
      passages.emplace_back();
    } else {
      passages.back() += std::string(line) + "\n";
    }
  }
  std::erase(passages, "");
  return passages;
}

TEST(Manual, QuotesWhatIsThere) {
  int quotations = 0;
  for (const Block& block : Blocks()) {
    if (block.file.empty()) continue;
    ++quotations;
    const std::string file = "\n" + ReadFile(kExercises / block.file).value_or("");
    size_t from = 0;
    for (const std::string& passage : Passages(block)) {
      const size_t found = file.find("\n" + passage, from);
      EXPECT_NE(found, std::string::npos)
          << Place(block) << ": this is not, or not there, in " << block.file << ":\n"
          << passage;
      if (found != std::string::npos) from = found + passage.size();
    }
  }
  EXPECT_GT(quotations, 10);
}

}  // namespace
}  // namespace plumbline::spec
