// SPDX-License-Identifier: MIT
// Exit status: 0 when the program was followed to its end, whatever that was; 2 when there is no such
// program; 3 when the machine or the tracer failed.
#include <fcntl.h>
#include <unistd.h>

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
#include "cli/recording_files.h"
#include "cli/story.h"

namespace plumbline::cli {
namespace {

namespace fs = std::filesystem;

// A traced program is nobody's submission: it may take its time, but not for ever.
constexpr std::chrono::minutes kProcessorLimit(10);
constexpr std::chrono::minutes kWallLimit(30);
constexpr std::chrono::seconds kMargin(15);
constexpr Bytes kMostInput = MiB(64);

bool IsExecutableFile(const fs::path& path) {
  std::error_code ignored;
  return fs::is_regular_file(path, ignored) && ::access(path.c_str(), X_OK) == 0;
}

std::optional<fs::path> FindInPath(const std::string& command) {
  std::istringstream folders(FromEnvironment("PATH"));
  for (std::string folder; std::getline(folders, folder, ':');) {
    const fs::path path = fs::path(folder.empty() ? "." : folder) / command;
    if (IsExecutableFile(path)) return path;
  }
  return std::nullopt;
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
  if (!content) return Refuse(content.error().message, "is it a program?");
  if (!IsExecutableFile(path)) return Refuse(path.string() + " is not executable", "chmod +x " + path.string());
  const std::string name = path.filename();
  return build::Runnable{.files = {{name, *std::move(content), true}}, .command = {"/program/" + name}};
}

// A command of the system, or a file of the user's, copied into the sandbox.
Outcome<build::Runnable> RunnableFor(const std::string& word) {
  const bool is_path = word.find('/') != std::string::npos;
  const std::optional<fs::path> path = is_path ? fs::path(word) : FindInPath(word);
  if (!path)
    return Refuse("there is no command '" + Escaped(word) + "'",
                  "for a program of yours give its path: ./" + Escaped(word));
  if (IsOfSystem(*path)) {
    if (!IsExecutableFile(*path)) return Refuse(path->string() + ": there is no such program");
    return build::Runnable{.files = {}, .command = {path->string()}};
  }
  return CopiedIn(*path);
}

// This program's own standard input, unless a person would have to type it.
Outcome<spec::Input> InputFromHere() {
  if (::isatty(STDIN_FILENO) == 1 || ::fcntl(STDIN_FILENO, F_GETFD) < 0) return spec::Input{};
  Result<std::string> bytes = ReadAll(STDIN_FILENO, kMostInput);
  if (!bytes) return std::unexpected(Stop(Exit::kUsage, Complaint({"standard input: " + bytes.error().message})));
  spec::Input input;
  if (bytes->empty()) return input;
  input.kind = spec::Input::Kind::kText;
  input.text.pieces.push_back({.kind = spec::TextPiece::Kind::kRaw, .text = *std::move(bytes)});
  return input;
}

Outcome<scenario::Plan> PlanFor(const Options& options, sandbox::Rung rung) {
  using enum record::Facet;
  scenario::Plan plan;
  TRY_ASSIGN(build::Runnable runnable, RunnableFor(options.program.front()));
  TRY_ASSIGN(plan.scenario.input, InputFromHere());
  plan.exercise = "trace";
  plan.artifact_hash = Hasher().Add(runnable.command.front()).Finish();
  plan.version = Version();
  plan.scenario.name = "trace";
  // In the command and not in the scenario's `args`, where a brace would open a placeholder.
  runnable.command.insert(runnable.command.end(), options.program.begin() + 1, options.program.end());
  plan.scenario.steps = {{.action = spec::AwaitExit{}, .text = "await: exit", .mark = {}}};
  plan.limits.cpu = kProcessorLimit;
  plan.observe = {kTransfers, kDescriptors, kSignals, kMemory, kSockets, kFiles, kIpc, kUsage};
  plan.main_program = fs::path(options.program.front()).filename();
  plan.programs[plan.main_program] = std::move(runnable);
  plan.rung = rung;
  plan.wall_limit = kWallLimit;
  return plan;
}

Outcome<record::Recording> Record(const Options& options, scenario::Plan plan) {
  Crew crew({.program = "/proc/self/exe", .verbose = options.verbose, .most = 1});
  std::vector<Job> jobs;
  jobs.push_back({std::move(plan), "the trace", kWallLimit + kMargin});
  auto answers = crew.Do(std::move(jobs));
  if (!answers) return std::unexpected(Stop::By(answers.error().signal));
  if (auto* recording = std::get_if<record::Recording>(&answers->front())) {
    if (recording->error) return std::unexpected(Stop(*recording->error));
    return std::move(*recording);
  }
  if (auto* error = std::get_if<Error>(&answers->front())) return std::unexpected(Stop(*error));
  return std::unexpected(Stop(Error{"a supervisor answered a run with something else"}));
}

std::string StreamOf(const record::Recording& recording, const std::string& name) {
  const auto stream = recording.streams.find(name);
  return stream == recording.streams.end() ? std::string() : stream->second.bytes;
}

Outcome<void> Show(const Options& options, const record::Recording& recording) {
  if (options.json) {
    Print(record::ToJson(recording) + "\n");
  } else {
    Print(StreamOf(recording, "submission.stdout"));
    FlushOutput();
    Tell(StreamOf(recording, "submission.stderr"));
  }
  if (!options.output.empty())
    TRY(WriteFileAtomically(options.output, Story(recording)));
  else if (!options.json)
    Tell(Story(recording));
  return {};
}

}  // namespace

Outcome<Exit> RunTrace(const Options& options) {
  TRY_ASSIGN(const sandbox::Rung rung, ChooseRung(options.isolation, {}, sandbox::ProbeMachine().best));
  TRY_ASSIGN(scenario::Plan plan, PlanFor(options, rung));
  TRY_ASSIGN(record::Recording recording, Record(options, std::move(plan)));
  TRY(Show(options, recording));
  if (!options.record.empty()) {
    evaluate::Recordings kept;
    kept["trace"].push_back(std::move(recording));
    TRY(KeepRecordings(options.record, kept));
  }
  return Exit::kPassed;
}

}  // namespace plumbline::cli
