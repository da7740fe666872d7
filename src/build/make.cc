// SPDX-License-Identifier: MIT
// A folder with a Makefile: `make`, as the student types it; the programs are files of their names
// at the top afterwards.
#include "build/sources.h"
#include "build/toolchain.h"

namespace plumbline::build {
namespace {

constexpr char kRoot[] = "/lab";
constexpr char kArtifact[] = "/tmp/artifact";
// First in PATH: compilers that always add what a finding needs, the line of the source. What the
// Makefile says comes later and counts.
constexpr char kToolbox[] = "/program/toolbox";
constexpr const char* kCompilers[] = {"gcc", "cc", "g++", "c++"};

constexpr Tool kTools[] = {
    {"/usr/bin/make", "make"},
    {"/usr/bin/gcc", "gcc"},
    {"/usr/bin/g++", "g++"},
    {"/usr/lib*/gcc/*/*/cc1", "gcc"},
    {"/usr/lib*/gcc/*/*/cc1plus", "g++"},
    {"/usr/bin/as", "binutils"},
    {"/usr/bin/ld", "binutils"},
    {"/usr/include/stdio.h", "libc6-dev"},
};

std::string Wrapper(const std::string& compiler) {
  return "#!/bin/sh\nexec /usr/bin/" + compiler + " -g -ffile-prefix-map=/lab=. \"$@\"\n";
}

class MakeBuild {
 public:
  MakeBuild(const Request& request, Workshop& workshop) : request_(request), workshop_(workshop) {}

  Result<Report> Do() && {
    for (const char* compiler : kCompilers)
      TRY(workshop_.Put(std::string(kToolbox) + "/" + compiler, Wrapper(compiler), 0755));
    TRY_ASSIGN(const ToolRun run,
               workshop_.Run({"make"}, std::string(kToolbox) + ":/usr/bin:/bin"));
    if (report_.AddRun("make", run, workshop_.limits())) {
      for (const ProgramSources& program : request_.programs) TRY(TakeProgram(program.name));
    }
    return std::move(report_).Finish();
  }

 private:
  // Copied out first: the folder may be full of other things. Only what is a file: reading a FIFO
  // would wait for a writer.
  Status TakeProgram(const std::string& name) {
    static constexpr char kScript[] = "test -f \"$1\" && install -D -m 755 -t \"$2\" \"$1\"";
    TRY_ASSIGN(const ToolRun copied,
               workshop_.Run({"/bin/sh", "-c", kScript, "sh", name, kArtifact}));
    std::optional<Workshop::Product> product;
    if (copied.ok()) {
      TRY_ASSIGN(product, workshop_.Take(kArtifact, name));
    }
    if (!product) {
      report_.AddError("make ended well, but made no program '" + name +
                       "' at the top of the folder");
    } else if (product->cut) {
      report_.AddError("program '" + name + "' is larger than " +
                       ToString(workshop_.limits().program));
    } else {
      report_.AddProgram(name, {.files = {{name, std::move(product->content), true}},
                                .command = {"/program/" + name}});
    }
    return {};
  }

  const Request& request_;
  Workshop& workshop_;
  ReportBuilder report_;
};

}  // namespace

Toolchain MakeToolchain() {
  return {.tools = kTools,
          .recipe = "make " + Wrapper("gcc"),
          .build = [](const Request& request, const Limits& limits) -> Result<Report> {
            TRY_ASSIGN(Workshop workshop, Workshop::Open(request, limits, kRoot));
            return MakeBuild(request, workshop).Do();
          }};
}

}  // namespace plumbline::build
