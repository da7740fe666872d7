// SPDX-License-Identifier: MIT
#include "spec/tables.h"

namespace plumbline::spec {
namespace {

constexpr size_t kMostScenarios = 200;

Key<FileParts> FormatKey() {
  const Type<int> number = IntegerType(0, 1'000'000, "a format");
  return {"format", "The version of the exercise language: 1.", true,
          [number](Reader& reader, const Node&, const Node& value, FileParts&) {
            const auto format = number.read(reader, value);
            if (format && *format != 1)
              reader.Report(value.mark, "unknown-format",
                            "format " + std::to_string(*format) + " is not known",
                            "this version reads format 1");
          },
          [](Definitions&) { return Json{{"const", 1}}; }};
}

Type<std::string> TopicType(std::span<const KindTable> kinds) {
  std::vector<Choice> topics;
  for (const KindTable& kind : kinds) {
    const size_t dot = kind.name.find('.');
    if (dot == std::string::npos) continue;
    const std::string topic = kind.name.substr(0, dot);
    if (std::ranges::find(topics, topic, &Choice::word) == topics.end())
      topics.push_back({topic, "The topic of " + topic + ".* checks."});
  }
  return WordType(std::move(topics));
}

Type<std::vector<Program>> ProgramsType() {
  const Type<Program> program =
      Object<Program>("a program", {Required("files", "Globs of its source files.",
                                             List(StringType("a glob"), 1), &Program::files)});
  return Converted<std::vector<Program>>(
      MapOf(program, NameKeys("a program's name"), 1),
      [](Reader&, const Node&, std::vector<std::pair<std::string, Program>> pairs)
          -> std::optional<std::vector<Program>> {
        std::vector<Program> programs;
        for (auto& [name, value] : pairs) programs.push_back({name, std::move(value.files)});
        return programs;
      });
}

Key<FileParts> OfExercise(Key<Exercise> key) {
  return {key.name, key.doc, key.required,
          [read = key.read](Reader& reader, const Node& word, const Node& value, FileParts& parts) {
            read(reader, word, value, parts.exercise);
          },
          key.schema};
}

// The values are read later, by the same types whose schemas are given here.
Key<FileParts> ScenariosKey() {
  return {"scenarios", "Scripted runs: `{NAME: {...}}`.", true,
          [](Reader& reader, const Node&, const Node& value, FileParts& parts) {
            if (!value.IsMap()) {
              ReportWrongType(reader, value, "a map of scenarios");
              return;
            }
            if (value.entries.empty())
              reader.Report(value.mark, "empty-map", "there is no scenario");
            if (value.entries.size() > kMostScenarios)
              reader.Report(value.mark, "too-many",
                            "more than " + std::to_string(kMostScenarios) + " scenarios");
            for (const auto& [name, scenario] : value.entries) {
              CheckFreeKey(reader, name, NameKeys("a scenario's name"));
              if (parts.scenarios.size() < kMostScenarios)
                parts.scenarios.emplace_back(name, scenario);
            }
          },
          [](Definitions& all) {
            Json schema = MapSchema(ScenarioType().schema(all), kNamePattern, 1);
            schema["maxProperties"] = kMostScenarios;
            return schema;
          }};
}

Key<FileParts> ChecksKey(std::span<const KindTable> kinds) {
  return {"checks", "Claims that are worth points.", true,
          [](Reader& reader, const Node&, const Node& value, FileParts& parts) {
            if (!value.IsList()) {
              ReportWrongType(reader, value, "a list of checks");
              return;
            }
            CheckLength(reader, value, 1);
            parts.checks = value.items;
          },
          [kinds](Definitions& all) { return ListSchema(CheckType(kinds).schema(all), 1); }};
}

}  // namespace

Type<Limits> LimitsType() {
  return Object<Limits>(
      "limits",
      {Optional("cpu", "Processor time of a run (10s).", SomeDurationType(), &Limits::cpu),
       Optional("virtual", "Virtual time of a run (10d).", SomeDurationType(),
                &Limits::virtual_time),
       Optional("memory", "Resident memory (256MiB).", SomeSizeType(), &Limits::memory),
       Optional("processes", "Processes and threads at one time (64).", IntegerType(1, 4096),
                &Limits::processes),
       Optional("descriptors", "Descriptors of one process (256).", IntegerType(8, 65536),
                &Limits::descriptors),
       Optional("file", "The largest file (64MiB).", SomeSizeType(), &Limits::file),
       Optional("output", "What is kept of each stream (16MiB).", SomeSizeType(),
                &Limits::output)});
}

Type<FileParts> FileType(std::span<const KindTable> kinds) {
  return Object<FileParts>(
      "an exercise",
      {FormatKey(),
       OfExercise(Required("id", "The exercise's name: that of its folder.",
                           NameType("an exercise's id"), &Exercise::id)),
       OfExercise(
           Required("topic", "The topic it belongs to.", TopicType(kinds), &Exercise::topic)),
       OfExercise(Required("title", "What it is called, in several languages.", LocalizedType(),
                           &Exercise::title)),
       OfExercise(Required("languages", "The languages a submission may be in.",
                           Distinct(List(WordType(LanguageWords()), 1)), &Exercise::languages)),
       OfExercise(Optional("programs",
                           "Several programs in one submission: `{server: {files: "
                           "[\"server*\"]}}`.",
                           ProgramsType(), &Exercise::programs)),
       OfExercise(Optional("limits", "What one run may use.", LimitsType(), &Exercise::limits)),
       ScenariosKey(), ChecksKey(kinds),
       OfExercise(Optional("passing", "Points to pass (half).", IntegerType(1, 1'000'000, "points"),
                           &Exercise::passing)),
       OfExercise(Optional("requires", "The lowest isolation rung (derived).",
                           WordType({{"A", "Namespaces and a cgroup."},
                                     {"B", "Namespaces without a cgroup."},
                                     {"C", "No user namespaces."}}),
                           &Exercise::requires_rung))});
}

}  // namespace plumbline::spec
