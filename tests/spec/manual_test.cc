// SPDX-License-Identifier: MIT
// exercises/WRITING.md holds what the tables hold, and its examples are exercises. The kinds of
// checks in it and exercises/exercise.schema.json are made from the tables: PLUMBLINE_APPROVE=1 in
// the environment writes them anew.
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

std::string SectionsOfKinds() {
  std::string text = "\n";
  for (const KindTable& kind : graders::KindTables()) text += SectionOf(kind);
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
  if (Approving()) {
    manual.replace(from, end - from, SectionsOfKinds());
    std::ofstream(kManual) << manual;
    return;
  }
  EXPECT_EQ(manual.substr(from, end - from), SectionsOfKinds())
      << "write it anew: PLUMBLINE_APPROVE=1 ci/test -R Manual";
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

struct Example {
  int line = 0;
  std::string text;
};

std::vector<Example> Examples() {
  std::vector<Example> examples;
  const std::string manual = Manual();
  int number = 0;
  bool inside = false;
  for (const std::string_view line : Lines(manual)) {
    ++number;
    if (!inside && line == "```yaml") {
      inside = true;
      examples.push_back({number + 1, {}});
    } else if (inside && line == "```") {
      inside = false;
    } else if (inside) {
      examples.back().text += std::string(line) + "\n";
    }
  }
  return examples;
}

// A part of a file gets the rest.
std::string Completed(const std::string& text) {
  if (text.contains("format:")) return text;
  const std::string head =
      "format: 1\nid: x\ntopic: pipes\ntitle: {en: X}\nlanguages: [c]\n" + text;
  return text.contains("checks:") ? head : head + "checks: [{id: ends, processes.exit: {}}]\n";
}

TEST(Manual, HasExamplesThatAreRight) {
  Exercise last;
  const auto examples = Examples();
  EXPECT_GT(examples.size(), 5u);
  for (const Example& example : examples) {
    if (example.text.starts_with("loses:")) {
      const auto result = ReadExpectation(example.text, "expect.yaml", last, graders::KindTables());
      for (const Diagnostic& diagnostic : result.diagnostics)
        ADD_FAILURE() << "WRITING.md:" << example.line << ": " << Format(diagnostic, result.source);
      continue;
    }
    LoadResult loaded =
        LoadText(Completed(example.text), "x.yaml", kExercises, graders::KindTables());
    EXPECT_TRUE(loaded.ok()) << "WRITING.md:" << example.line << ":\n" << AllOf(loaded);
    last = std::move(loaded.exercise);
  }
}

}  // namespace
}  // namespace plumbline::spec
