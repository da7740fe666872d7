// SPDX-License-Identifier: MIT
#include "build/scripts.h"

#include <set>

#include "build/sources.h"

namespace plumbline::build {
namespace {

constexpr char kRoot[] = "/program";

class ScriptBuild {
 public:
  ScriptBuild(const ScriptLanguage& language, const Request& request)
      : language_(language), request_(request) {}

  Result<Report> Do(const Limits& limits) && {
    std::set<std::string> sources;
    for (const ProgramSources& program : request_.programs) {
      const auto chosen = SourcesIn(request_.submission, language_.language, program.files);
      AddProgram(program, chosen);
      sources.insert(chosen.begin(), chosen.end());
    }
    if (!sources.empty()) TRY(Check({sources.begin(), sources.end()}, limits));
    return std::move(report_).Finish();
  }

 private:
  void AddProgram(const ProgramSources& program, const std::vector<std::string>& sources) {
    if (sources.empty()) return report_.AddError(NoSources(program));
    const std::optional<std::string> main = MainFileOf(sources, program.name);
    if (!main) {
      const std::string ending(EndingsOf(language_.language).front());
      return report_.AddError("which file is the program? Call it " + program.name + ending +
                              " or main" + ending);
    }
    // Modules and data go along.
    report_.AddProgram(program.name,
                       {.files = request_.submission.files,
                        .command = {language_.interpreter, std::string(kRoot) + "/" + *main}});
  }

  Status Check(const std::vector<std::string>& sources, const Limits& limits) {
    TRY_ASSIGN(Workshop workshop, Workshop::Open(request_, limits, kRoot));
    if (!language_.one_by_one) {
      TRY(RunChecker(workshop, sources));
      return {};
    }
    for (const std::string& source : sources) {
      TRY_ASSIGN(const bool may_go_on, RunChecker(workshop, {source}));
      if (!may_go_on) break;
    }
    return {};
  }

  // False when nothing more may be run.
  Result<bool> RunChecker(Workshop& workshop, const std::vector<std::string>& sources) {
    std::vector<std::string> command = language_.checker;
    std::vector<std::string> shown = language_.shown;
    for (const std::string& source : sources) {
      command.push_back(AsArgument(source));
      shown.push_back(AsArgument(source));
    }
    TRY_ASSIGN(const ToolRun run, workshop.Run(command));
    report_.AddRun(CommandLine(shown), run, workshop.limits());
    return run.stopped.empty();
  }

  const ScriptLanguage& language_;
  const Request& request_;
  ReportBuilder report_;
};

}  // namespace

Toolchain ScriptToolchain(const ScriptLanguage& language) {
  return {.tools = language.tools,
          .recipe = CommandLine(language.checker),
          .build = [language](const Request& request, const Limits& limits) {
            return ScriptBuild(language, request).Do(limits);
          }};
}

}  // namespace plumbline::build
