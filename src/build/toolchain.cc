// SPDX-License-Identifier: MIT
#include "build/toolchain.h"

#include <algorithm>
#include <cctype>
#include <csignal>
#include <utility>

#include "base/hash.h"
#include "base/shell_word.h"
#include "base/signals.h"
#include "base/text.h"
#include "build/messages.h"
#include "build/sources.h"

namespace plumbline::build {
namespace {

constexpr size_t kMostLog = KiB(64).count;

std::string ProcessorTimeWords(const Limits& limits) {
  return "it used up its " + ToString(limits.sandbox.cpu) + " of processor time";
}

// What tools write when a limit ended them or one that they started, and what it means.
std::string MeaningOf(const std::string& output, const Limits& limits) {
  const std::pair<std::string_view, std::string> kWords[] = {
      {"CPU time limit exceeded", ProcessorTimeWords(limits)},
      {"out of memory allocating", MemoryWords(limits)},
      {"virtual memory exhausted", MemoryWords(limits)},
      {"Killed signal terminated", MemoryWords(limits)},
      {"File size limit exceeded", "a file became larger than " + ToString(limits.sandbox.file)},
      {"No space left on device", DiskWords(limits)},
  };
  for (const auto& [said, meaning] : kWords) {
    if (output.find(said) != std::string::npos) return meaning;
  }
  return "";
}

// Why a tool that failed did not come to its own end; "" if it did.
std::string EndOf(const ToolRun& run, const Limits& limits) {
  if (!run.stopped.empty()) return run.stopped;
  if (run.out_of_memory) return MemoryWords(limits);
  if (std::string meaning = MeaningOf(run.output, limits); !meaning.empty()) return meaning;
  // SIGKILL comes a second after a SIGXCPU that was not obeyed.
  if (run.killed_by == SIGXCPU || run.killed_by == SIGKILL) return ProcessorTimeWords(limits);
  return run.killed_by == 0 ? "" : "it was killed by " + SignalName(run.killed_by);
}

std::string HashOf(const std::map<std::string, Runnable>& programs) {
  Hasher hasher;
  for (const auto& [name, program] : programs) {
    hasher.Add(name).Add(HashOf(program.files));
    for (const std::string& word : program.command) hasher.Add(word);
  }
  return hasher.Finish();
}

}  // namespace

bool ReportBuilder::AddRun(const std::string& command, const ToolRun& run, const Limits& limits) {
  if (!report_.command.empty()) report_.command += " && ";
  report_.command += command;
  Messages messages = ParseMessages(run.output);
  for (Diagnostic& diagnostic : messages.diagnostics) AddDiagnostic(std::move(diagnostic));
  if (run.cut)
    messages.log += "(the rest was cut: more than " + ToString(limits.kept_output) + ")\n";
  AddLog(messages.log);
  if (run.ok()) return true;
  report_.ok = false;
  if (const std::string end = EndOf(run, limits); !end.empty())
    AddError(command.substr(0, command.find(' ')) + " was stopped: " + end);
  return false;
}

void ReportBuilder::AddError(std::string message) {
  report_.ok = false;
  // First: a long list may stand before it.
  report_.diagnostics.insert(report_.diagnostics.begin(),
                             {.file = {}, .severity = "error", .message = std::move(message)});
}

// Programs that share a source share what is said about it.
void ReportBuilder::AddDiagnostic(Diagnostic diagnostic) {
  if (std::ranges::find(report_.diagnostics, diagnostic) == report_.diagnostics.end())
    report_.diagnostics.push_back(std::move(diagnostic));
}

void ReportBuilder::AddLog(const std::string& text) {
  if (report_.log.size() > kMostLog) return;
  report_.log += text;
  if (report_.log.size() <= kMostLog) return;
  report_.log.resize(kMostLog);
  report_.log = ToUtf8(report_.log) + "\n(the rest was cut)\n";
}

void ReportBuilder::AddProgram(const std::string& name, Runnable program) {
  report_.artifact.programs[name] = std::move(program);
}

Report ReportBuilder::Finish() && {
  if (report_.ok)
    report_.artifact.hash = HashOf(report_.artifact.programs);
  else
    report_.artifact = {};
  return std::move(report_);
}

std::string NoSources(const ProgramSources& program) {
  std::string text = "no source file of program '" + program.name + "'";
  for (const std::string& glob : program.files)
    text += (&glob == &program.files.front() ? ": looked for " : ", ") + glob;
  return text;
}

std::string CommandLine(const std::vector<std::string>& words) {
  std::string line;
  for (const std::string& word : words) line += (line.empty() ? "" : " ") + ShellWord(word);
  return line;
}

std::string AsArgument(const std::string& path) {
  const auto first = static_cast<unsigned char>(path.empty() ? '-' : path.front());
  return std::isalnum(first) != 0 || first == '_' ? path : "./" + path;
}

Result<Toolchain> ToolchainFor(const Request& request) {
  if (IsCompiled(request.language) && HasMakefile(request.submission)) return MakeToolchain();
  if (request.language == "c") return GccToolchain();
  if (request.language == "cpp") return GxxToolchain();
  if (request.language == "py") return PythonToolchain();
  if (request.language == "sh") return BashToolchain();
  return Fail("nothing builds the language '" + request.language + "'", "c, cpp, py or sh");
}

}  // namespace plumbline::build
