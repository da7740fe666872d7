// SPDX-License-Identifier: MIT
// The archive that a service unpacks where it grades: the program, an exercise, what starts them.
#include <unistd.h>

#include <algorithm>
#include <array>
#include <system_error>

#include "base/io.h"
#include "cli/catalogue.h"
#include "cli/commands.h"
#include "cli/console.h"
#include "cli/files_below.h"
#include "cli/isolation.h"
#include "cli/output_file.h"
#include "cli/package_files.h"
#include "cli/zip_file.h"
#include "report/translator.h"

namespace plumbline::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kProgram = "plumbline/bin/plumbline";
constexpr std::string_view kShare = "plumbline/share";
constexpr Bytes kLargestFile = MiB(256);

std::string_view Embedded(std::string_view path) {
  return std::ranges::find(kPackageFiles, path, &EmbeddedFile::path)->text;
}

Result<ZippedFile> Packed(const fs::path& from, std::string path, bool executable = false) {
  TRY_ASSIGN(std::string content, ReadFile(from, kLargestFile));
  return ZippedFile{std::move(path), std::move(content), executable};
}

// What grades nobody, and what nobody who is graded should find.
bool StaysAtHome(const fs::path& relative) {
  constexpr std::array<std::string_view, 4> kAtHome{"solutions", "wrong", "starter",
                                                    "mutants.yaml"};
  return std::ranges::find(kAtHome, relative.begin()->string()) != kAtHome.end();
}

Result<std::vector<ZippedFile>> FilesOf(const spec::Exercise& exercise, const std::string& into) {
  std::vector<ZippedFile> files;
  TRY_ASSIGN(std::vector<fs::path> found, FilesBelow(exercise.folder));
  std::erase_if(found, StaysAtHome);
  for (const fs::path& relative : found) {
    const fs::path from = exercise.folder / relative;
    const bool runs = ::access(from.c_str(), X_OK) == 0;
    TRY_ASSIGN(ZippedFile file, Packed(from, into + "/" + relative.string(), runs));
    files.push_back(std::move(file));
  }
  return files;
}

// The translations that are installed beside the program; English is in it.
Result<std::vector<ZippedFile>> Translations() {
  std::vector<ZippedFile> files;
  for (const std::string lang : {"ca", "es"}) {
    const fs::path within = fs::path(lang) / "LC_MESSAGES" / "plumbline.mo";
    for (const fs::path& folder : report::CatalogueFolders(OwnPath())) {
      std::error_code ignored;
      if (!fs::is_regular_file(folder / within, ignored)) continue;
      TRY_ASSIGN(ZippedFile file,
                 Packed(folder / within, std::string(kShare) + "/locale/" + within.string()));
      files.push_back(std::move(file));
      break;
    }
  }
  return files;
}

// For the scripts, which read it as shell. None of the words has anything to quote.
std::string SettingsOf(const Options& options, const std::string& exercise) {
  return "# What `plumbline package` was told.\nexercise=" + exercise +
         "\nlang=" + (options.lang.empty() ? "en" : options.lang) +
         "\nlanguage=" + options.language +
         "\naudience=" + (options.teacher ? "teacher" : "student") +
         "\nisolation=" + options.isolation + "\n";
}

Result<std::vector<ZippedFile>> FilesFor(const Options& options, const spec::Exercise& exercise) {
  const std::string folder = std::string(kShare) + "/plumbline/exercises/" + exercise.id;
  std::vector<ZippedFile> files{
      {"setup.sh", std::string(Embedded("gradescope/setup.sh")), true},
      {"run_autograder", std::string(Embedded("gradescope/run_autograder")), true},
      {"settings", SettingsOf(options, folder)},
      {"plumbline/setup", std::string(Embedded("setup")), true}};
  TRY_ASSIGN(ZippedFile program, Packed("/proc/self/exe", std::string(kProgram), true));
  files.push_back(std::move(program));
  TRY_ASSIGN(std::vector<ZippedFile> translations, Translations());
  std::ranges::move(translations, std::back_inserter(files));
  TRY_ASSIGN(std::vector<ZippedFile> own, FilesOf(exercise, folder));
  std::ranges::move(own, std::back_inserter(files));
  std::ranges::sort(files, {}, &ZippedFile::path);
  return files;
}

// Their containers have no CAP_SYS_ADMIN, and what Docker allows by itself makes no namespaces, and
// no sockets without them (sandbox::CanShareNetwork).
Outcome<void> RequireGradable(const Options& options, const spec::Exercise& exercise) {
  const std::optional<Need> use = UseOfSockets(exercise);
  const std::string required = use ? "B" : RungRequiredBy(exercise);
  if (options.isolation != "auto" || required.empty() || required == "C") return {};
  const std::optional<Need> need = use ? use : NeedOfNamespaces(exercise);
  return Refuse("'" + exercise.id + "' needs isolation " + required +
                    ", which Gradescope's own containers do not give" +
                    (need ? ": " + need->reason : ""),
                "if yours can, say so: --isolation " + required);
}

}  // namespace

Outcome<Exit> RunPackage(const Options& options) {
  TRY_ASSIGN(const spec::Exercise exercise, LoadExercise(options));
  TRY(RequireGradable(options, exercise));
  TRY_ASSIGN(const std::vector<ZippedFile> files, FilesFor(options, exercise));
  TRY_ASSIGN(const std::string archive, Zipped(files));
  const fs::path output =
      options.output.empty() ? fs::path(exercise.id + "-gradescope.zip") : options.output;
  TRY(WriteOutputFile(output, archive));
  const std::string points = std::to_string(PointsOf(exercise));
  Print("made " + output.string() + "\nnext: on Gradescope, a programming assignment of " + points +
        " autograder points; configure its autograder with this file\n");
  return Exit::kPassed;
}

}  // namespace plumbline::cli
