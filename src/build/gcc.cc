// SPDX-License-Identifier: MIT
// C and C++ with GCC: all sources of a program in one command, as a student types it.
#include <filesystem>
#include <set>

#include "build/sources.h"
#include "build/toolchain.h"

namespace plumbline::build {
namespace {

constexpr char kRoot[] = "/program";
constexpr char kOutput[] = "/lab";

constexpr Tool kCTools[] = {
    {"/usr/bin/gcc", "gcc"},     {"/usr/lib*/gcc/*/*/cc1", "gcc"},      {"/usr/bin/as", "binutils"},
    {"/usr/bin/ld", "binutils"}, {"/usr/include/stdio.h", "libc6-dev"},
};
constexpr Tool kCxxTools[] = {
    {"/usr/bin/g++", "g++"},
    {"/usr/lib*/gcc/*/*/cc1plus", "g++"},
    {"/usr/bin/as", "binutils"},
    {"/usr/bin/ld", "binutils"},
    {"/usr/include/stdio.h", "libc6-dev"},
    {"/usr/include/c++/*/iostream", "g++"},
};

struct Compiler {
  const char* language;
  const char* name;
  const char* standard;
  std::span<const Tool> tools;
};
constexpr Compiler kGcc{"c", "gcc", "-std=gnu17", kCTools};
constexpr Compiler kGxx{"cpp", "g++", "-std=gnu++20", kCxxTools};

// -g: a finding names the line that made a descriptor. -O1: the warnings that need some analysis.
const std::vector<std::string>& ShownFlags() {
  static const std::vector<std::string> flags{"-g", "-O1", "-Wall", "-Wextra", "-pthread"};
  return flags;
}
// Of the form of messages, and that names in the program are relative to the submission.
const std::vector<std::string>& HiddenFlags() {
  static const std::vector<std::string> flags{"-fno-diagnostics-show-caret",
                                              "-fdiagnostics-color=never", "-fmax-errors=50",
                                              "-ffile-prefix-map=/program=."};
  return flags;
}

// Headers in folders of their own are found by #include "name"; <name> stays the system's.
std::vector<std::string> HeaderFolders(const Submission& submission) {
  std::set<std::string> folders;
  for (const SourceFile& file : submission.files) {
    const std::filesystem::path path = file.path;
    const std::string ending = path.extension();
    if (path.has_parent_path() && (ending == ".h" || ending == ".hpp" || ending == ".hh"))
      folders.insert(path.parent_path());
  }
  std::vector<std::string> flags;
  if (!folders.empty()) flags = {"-iquote", "."};
  for (const std::string& folder : folders) {
    flags.push_back("-iquote");
    flags.push_back(AsArgument(folder));
  }
  return flags;
}

void Append(std::vector<std::string>& words, const std::vector<std::string>& more) {
  words.insert(words.end(), more.begin(), more.end());
}

class GccBuild {
 public:
  GccBuild(const Compiler& compiler, const Request& request, Workshop& workshop)
      : compiler_(compiler), request_(request), workshop_(workshop) {}

  Result<Report> Do() && {
    for (const ProgramSources& program : request_.programs) {
      TRY_ASSIGN(const bool may_go_on, Compile(program));
      if (!may_go_on) break;
    }
    return std::move(report_).Finish();
  }

 private:
  // False when nothing more may be run.
  Result<bool> Compile(const ProgramSources& program) {
    const std::vector<std::string> sources =
        SourcesIn(request_.submission, compiler_.language, program.files);
    if (sources.empty()) {
      report_.AddError(NoSources(program));
      return true;
    }
    const std::string output = std::string(kOutput) + "/" + program.name;
    TRY_ASSIGN(const ToolRun run, workshop_.Run(Command(sources, output, HiddenFlags())));
    const std::string shown = CommandLine(Command(sources, program.name, {}));
    if (report_.AddRun(shown, run, workshop_.limits())) TRY(TakeProgram(program.name));
    return run.stopped.empty();
  }

  std::vector<std::string> Command(const std::vector<std::string>& sources,
                                   const std::string& output,
                                   const std::vector<std::string>& hidden) const {
    std::vector<std::string> words{compiler_.name, compiler_.standard};
    Append(words, ShownFlags());
    Append(words, hidden);
    Append(words, HeaderFolders(request_.submission));
    Append(words, {"-o", output});
    for (const std::string& source : sources) words.push_back(AsArgument(source));
    words.emplace_back("-lm");
    return words;
  }

  Status TakeProgram(const std::string& name) {
    TRY_ASSIGN(auto product, workshop_.Take(kOutput, name));
    if (!product || product->cut) {
      report_.AddError("program '" + name + "' is larger than " +
                       ToString(workshop_.limits().program));
      return {};
    }
    report_.AddProgram(name, {.files = {{name, std::move(product->content), true}},
                              .command = {"/program/" + name}});
    return {};
  }

  const Compiler& compiler_;
  const Request& request_;
  Workshop& workshop_;
  ReportBuilder report_;
};

Toolchain ToolchainOf(const Compiler& compiler) {
  std::vector<std::string> words{compiler.name, compiler.standard};
  Append(words, ShownFlags());
  Append(words, HiddenFlags());
  return {.tools = compiler.tools,
          .recipe = CommandLine(words),
          .build = [&compiler](const Request& request, const Limits& limits) -> Result<Report> {
            TRY_ASSIGN(Workshop workshop, Workshop::Open(request, limits, kRoot));
            return GccBuild(compiler, request, workshop).Do();
          }};
}

}  // namespace

Toolchain GccToolchain() { return ToolchainOf(kGcc); }
Toolchain GxxToolchain() { return ToolchainOf(kGxx); }

}  // namespace plumbline::build
