// SPDX-License-Identifier: MIT
// Exit status: 0 when the program was followed to its end, whatever that was; 2 when there is no
// such program; 3 when the machine or the tracer failed.
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <optional>
#include <sstream>
#include <system_error>

#include "base/hash.h"
#include "base/io.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/console.h"
#include "cli/crew.h"
#include "cli/isolation.h"
#include "cli/output_file.h"
#include "cli/recording_files.h"
#include "cli/reporting.h"
#include "cli/runs.h"
#include "cli/source_names.h"
#include "cli/surroundings.h"
#include "cli/workspace.h"
#include "record/perturbation.h"
#include "report/html.h"
#include "report/options.h"
#include "report/story.h"
#include "report/translator.h"

namespace plumbline::cli {
namespace {

namespace fs = std::filesystem;

// A traced program is nobody's submission: it may take its time, but not for ever.
constexpr spec::Limits kLimits{
    .cpu = std::chrono::minutes(10), .memory = MiB(1024), .processes = 256, .descriptors = 1024};
constexpr std::chrono::minutes kWallLimit(30);
constexpr Bytes kMostInput = MiB(64);

bool IsExecutableFile(const fs::path& path) {
  std::error_code ignored;
  return fs::is_regular_file(path, ignored) && ::access(path.c_str(), X_OK) == 0;
}

std::optional<fs::path> FindIn(const std::string& path_variable, const std::string& command) {
  std::istringstream folders(path_variable);
  for (std::string folder; std::getline(folders, folder, ':');) {
    const fs::path path = fs::path(folder.empty() ? "." : folder) / command;
    if (IsExecutableFile(path)) return path;
  }
  return std::nullopt;
}

// Those of the system come first, for they are what the program itself will find; others work only
// if they are a single file.
std::optional<fs::path> FindCommand(const std::string& command) {
  const auto path = FindIn("/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin", command);
  return path ? path : FindIn(FromEnvironment("PATH"), command);
}

// The system's own folders are in the sandbox as they are here.
bool IsOfSystem(const fs::path& path) {
  const std::string text = path.string();
  for (const char* folder : {"/usr/", "/bin/", "/sbin/", "/lib/"}) {
    if (text.starts_with(folder)) return true;
  }
  return false;
}

Outcome<build::Runnable> CopiedIn(const fs::path& path) {
  Result<std::string> content = ReadFile(path);
  if (!content)
    return Refuse(content.error().message, "give the path of a program, or a command's name");
  if (!IsExecutableFile(path))
    return Refuse(path.string() + " is not executable", "chmod +x " + path.string());
  const std::string name = path.filename();
  return build::Runnable{.files = {{name, *std::move(content), true}},
                         .command = {"/program/" + name}};
}

// A command of the system, a file of the current folder where it is, or another one, copied alone.
Outcome<build::Runnable> RunnableFor(const std::string& word, const Workspace& workspace) {
  const bool is_path = word.find('/') != std::string::npos;
  const std::optional<fs::path> path = is_path ? fs::path(word) : FindCommand(word);
  if (!path)
    return Refuse("there is no command '" + Escaped(word) + "'",
                  "for a program of yours give its path: ./" + Escaped(word));
  if (IsOfSystem(*path)) {
    if (!IsExecutableFile(*path)) return Refuse(path->string() + ": there is no such program");
    return build::Runnable{.files = {}, .command = {path->string()}};
  }
  std::error_code ignored;
  const fs::path relative =
      fs::absolute(*path, ignored).lexically_normal().lexically_relative(fs::current_path(ignored));
  if (IsExecutableFile(*path) && workspace.Has(relative))
    return build::Runnable{.files = {}, .command = {"./" + relative.string()}};
  return CopiedIn(*path);
}

bool SomebodyWouldHaveToType() { return ::isatty(STDIN_FILENO) == 1; }

// This program's own standard input, unless a person would have to type it.
Outcome<spec::Text> InputFromHere() {
  if (SomebodyWouldHaveToType()) return spec::Text{};
  Result<std::string> bytes = ReadAll(STDIN_FILENO, kMostInput);
  if (!bytes)
    return std::unexpected(
        Stop(Exit::kUsage, Complaint({"standard input: " + bytes.error().message})));
  if (bytes->empty()) return spec::Text{};
  return spec::Text{.pieces = {{.kind = spec::TextPiece::Kind::kRaw, .text = *std::move(bytes)}}};
}

spec::Step AwaitEnd(spec::Who::Base who, std::string word) {
  const spec::Who awaited{.base = who, .word = word, .text = word};
  return {.action = spec::AwaitExit{.who = {awaited}, .within = kLimits.virtual_time},
          .text = "await: {exit: " + word + "}",
          .mark = {}};
}

spec::Scenario ScenarioFor(const Options& options, spec::Text input,
                           std::vector<spec::FileSpec> files) {
  using Input = spec::Input::Kind;
  spec::Scenario scenario;
  scenario.name = "trace";
  scenario.files = std::move(files);
  scenario.terminal = options.terminal;
  if (options.terminal && !input.empty()) {
    scenario.steps.push_back({.action = spec::Send{.to = "terminal", .text = std::move(input)},
                              .text = "send",
                              .mark = {}});
    scenario.steps.push_back(
        {.action = spec::Press{{"ctrl-d"}}, .text = "press: ctrl-d", .mark = {}});
  } else if (!input.empty()) {
    scenario.input = {.kind = Input::kText, .text = std::move(input), .path = {}};
  }
  // The program itself, and then what it left running.
  scenario.steps.push_back(AwaitEnd(spec::Who::Base::kSubmission, "submission"));
  scenario.steps.push_back(AwaitEnd(spec::Who::Base::kAll, "all"));
  return scenario;
}

Outcome<scenario::Plan> PlanFor(const Options& options, sandbox::Rung rung, Workspace workspace) {
  using enum record::Facet;
  scenario::Plan plan;
  TRY_ASSIGN(build::Runnable runnable, RunnableFor(options.program.front(), workspace));
  TRY_ASSIGN(spec::Text input, InputFromHere());
  plan.scenario = ScenarioFor(options, std::move(input), std::move(workspace.files));
  plan.exercise = "trace";
  plan.artifact_hash = Hasher().Add(runnable.command.front()).Finish();
  plan.version = Version();
  // In the command and not in the scenario's `args`, where a brace would open a placeholder.
  runnable.command.insert(runnable.command.end(), options.program.begin() + 1,
                          options.program.end());
  plan.limits = kLimits;
  plan.observe = {kTransfers, kDescriptors, kSignals, kMemory, kSockets, kFiles, kIpc, kUsage};
  if (options.all) plan.observe.insert(record::Facet::kLoader);
  plan.main_program = fs::path(options.program.front()).filename();
  plan.programs[plan.main_program] = std::move(runnable);
  plan.rung = rung;
  plan.wall_limit = kWallLimit;
  plan.real_time = options.real_time;
  if (options.under.size() > 1)
    return Refuse("a trace is of one run, under one perturbation", "give --under once");
  if (!options.under.empty()) {
    const auto perturbation = record::ParsePerturbation(options.under.front());
    if (!perturbation) return Refuse(perturbation.error().message, perturbation.error().hint);
    plan.perturbation = record::ToString(*perturbation);
    plan.seed = options.seed;
  }
  return plan;
}

Outcome<record::Recording> Record(Crew& crew, scenario::Plan plan) {
  std::vector<PlannedRun> runs;
  runs.push_back({"the trace", std::move(plan)});
  TRY_ASSIGN(std::vector<record::Recording> recordings, RunPlans(crew, std::move(runs)));
  record::Recording& recording = recordings.front();
  if (recording.error) return std::unexpected(Stop(*recording.error));
  return std::move(recording);
}

std::string StreamOf(const record::Recording& recording, const std::string& name) {
  const auto stream = recording.streams.find(name);
  return stream == recording.streams.end() ? std::string() : stream->second.bytes;
}

bool FoundInputEmpty(const record::Recording& recording) {
  return std::ranges::any_of(recording.events, [&](const record::Event& event) {
    const auto* transfer = std::get_if<record::Transfer>(&event.what);
    const record::Object* const object = transfer ? recording.object(transfer->object) : nullptr;
    return object && object->role == "stdin" && transfer->ends > 0;
  });
}

// A page, if that is what the file's name says.
Result<std::string> StoryFor(const Options& options, const record::Recording& recording,
                             const report::Translator& translator) {
  if (options.output.extension() != ".html")
    return report::Story(recording, translator, options.all);
  std::string title;
  for (const std::string& word : options.program) title += (title.empty() ? "" : " ") + word;
  TRY_ASSIGN(const report::Around around, Surroundings({}));
  return report::TraceToHtml(recording, title, Version(), translator, around);
}

Outcome<void> Show(const Options& options, const record::Recording& recording) {
  if (options.json) {
    Print(record::ToJson(recording) + "\n");
  } else {
    Print(StreamOf(recording, options.terminal ? "terminal" : "submission.stdout"));
    FlushOutput();
    Tell(StreamOf(recording, "submission.stderr"));
  }
  const report::Translator translator = TranslatorFor(options.lang);
  if (!options.output.empty()) {
    TRY_ASSIGN(const std::string story, StoryFor(options, recording, translator));
    TRY(WriteOutputFile(options.output, story));
  } else if (!options.json) {
    Tell(report::Story(recording, translator, options.all));
  }
  if (!options.terminal && SomebodyWouldHaveToType() && FoundInputEmpty(recording))
    Tell("plumbline: note: its standard input was empty; give it some with < FILE, or by a pipe\n");
  return {};
}

}  // namespace

Outcome<Exit> RunTrace(const Options& options) {
  Crew crew({.program = "/proc/self/exe", .verbose = options.verbose, .most = 1});
  TRY_ASSIGN(const sandbox::Rung rung, ChooseRung(crew, options.isolation, {}, {}));
  std::error_code ignored;
  Workspace workspace = CopyOf(fs::current_path(ignored));
  if (!workspace.note.empty()) Tell("plumbline: note: " + workspace.note + "\n");
  TRY_ASSIGN(scenario::Plan plan, PlanFor(options, rung, std::move(workspace)));
  TRY_ASSIGN(record::Recording recording, Record(crew, std::move(plan)));
  NameSourcesFrom(fs::current_path(ignored), recording);
  TRY(Show(options, recording));
  if (!options.record.empty()) {
    evaluate::Recordings kept;
    kept["trace"].push_back(std::move(recording));
    TRY(KeepRecordings(options.record, kept));
  }
  return Exit::kPassed;
}

}  // namespace plumbline::cli
