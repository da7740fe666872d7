// SPDX-License-Identifier: MIT
// Exit status: 0 when every exercise is proven; 1 when something is missing; 3 when the machine
// failed.
#include <algorithm>
#include <optional>
#include <system_error>
#include <utility>

#include "base/busy_loops.h"
#include "base/hash.h"
#include "base/io.h"
#include "base/processor.h"
#include "cli/catalogue.h"
#include "cli/commands.h"
#include "cli/console.h"
#include "cli/crew.h"
#include "cli/isolation.h"
#include "cli/output_file.h"
#include "cli/runs.h"
#include "cli/verifying.h"

namespace plumbline::cli {
namespace {

namespace fs = std::filesystem;

// On each processor, beside a loop that computes. What runs there gets its turn late and is
// interrupted in the middle, as on a machine with too much to do; and most of the time of the
// processors still goes into runs.
constexpr size_t kSupervisorsUnderLoad = 3;

// --- What was found before.

std::vector<fs::path> FilesBelow(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code error;
  for (fs::recursive_directory_iterator it(folder, error), end; !error && it != end;
       it.increment(error)) {
    if (it->is_regular_file(error)) files.push_back(it->path());
  }
  std::ranges::sort(files);
  return files;
}

// All that the result depends on: this program, the exercise's folder, how it is run. Nothing: some
// of it cannot be read, so that nothing is known.
std::optional<std::string> KeyOf(const fs::path& folder, const VerifyingOptions& options,
                                 const Options& asked) {
  constexpr Bytes kMostProgram = MiB(512);
  const auto program = ReadFile(OwnPath(), kMostProgram);
  if (!program) return std::nullopt;
  Hasher hasher;
  hasher.Add(*program)
      .Add(sandbox::ToString(options.grading.rung))
      .Add(options.mutants ? "1" : "0");
  if (asked.repeat > 1) hasher.Add("repeated").Add(asked.load ? "load" : "");
  for (const fs::path& file : FilesBelow(folder)) {
    const auto content = ReadFile(file);
    if (!content) return std::nullopt;
    hasher.Add(file.lexically_relative(folder).string()).Add(*content);
  }
  return hasher.Finish();
}

// Results that are kept beside the builds, by their key; of one that is repeated, with each
// repetition.
class Kept {
 public:
  Kept(const fs::path& folder, const VerifyingOptions& options, const Options& asked)
      : repeated_(asked.repeat > 1) {
    if (options.grading.cache.empty()) return;
    const auto key = KeyOf(folder, options, asked);
    if (key) file_ = options.grading.cache / "verified" / (*key + ".json");
  }

  std::optional<Verified> Find() const {
    const auto text = file_.empty() ? Result<std::string>(Fail("")) : ReadFile(file_);
    if (!text) return std::nullopt;
    auto all = VerifiedFromJson(*text);
    if (!all || all->size() != 1) return std::nullopt;
    // Who asks again whether anything changes wants to see it change.
    if (repeated_ && !all->front().shortfalls.empty()) return std::nullopt;
    return std::move(all->front());
  }

  // A cache that cannot be used costs time and nothing else.
  void Keep(const Verified& verified) const {
    if (file_.empty()) return;
    std::error_code ignored;
    fs::create_directories(file_.parent_path(), ignored);
    (void)WriteFileAtomically(file_, ToJson({verified}));
  }

 private:
  bool repeated_;
  fs::path file_;
};

// --- The command.

class Verifier {
 public:
  explicit Verifier(const Options& options)
      : options_(options),
        crew_({.program = "/proc/self/exe",
               .verbose = options.verbose,
               .most = options.jobs,
               .each = options.load ? kSupervisorsUnderLoad : 1}) {}

  Outcome<Verified> Verify(const fs::path& folder) {
    const spec::LoadResult loaded = LoadExerciseIn(folder);
    VerifyingOptions verifying{.mutants = !options_.no_mutants};
    if (!options_.no_cache) verifying.grading.cache = CacheFolder();
    verifying.grading.exercises = ExerciseRoots(options_);
    verifying.grading.late = options_.load;
    TRY_ASSIGN(verifying.grading.rung, RungFor(loaded, verifying.grading));
    const Kept kept(folder, verifying, options_);
    const auto wanted = static_cast<size_t>(options_.repeat);
    std::optional<Verified> verified = kept.Find();
    if (verified && verified->repetitions >= wanted) {
      verified->reused = true;
      return *std::move(verified);
    }
    ProgressLine line(!options_.verbose);
    verifying.progress = [&](const std::string& text) {
      const size_t done = verified ? verified->repetitions : 0;
      const std::string which = std::to_string(done + 1) + "/" + std::to_string(wanted) + " ";
      line.Show((wanted > 1 ? which : "") + text);
    };
    while (!verified || verified->repetitions < wanted) {
      TRY_ASSIGN(Verified again, cli::Verify(crew_, folder, loaded, verifying));
      if (verified)
        AddRepetition(*verified, again);
      else
        verified = std::move(again);
      kept.Keep(*verified);
    }
    return *std::move(verified);
  }

 private:
  Outcome<sandbox::Rung> RungFor(const spec::LoadResult& loaded, const GradingOptions& grading) {
    if (!loaded.ok()) return ChooseRung(crew_, options_.isolation, {}, {});
    const auto need = NeedOfNamespaces(loaded.exercise);
    return ChooseRung(crew_, options_.isolation, RungRequiredBy(loaded.exercise),
                      HiddenPaths(loaded.exercise, grading), need ? need->reason : "");
  }

  const Options& options_;
  Crew crew_;
};

Outcome<void> WriteReports(const std::vector<Verified>& all, const Options& options) {
  for (const fs::path& file : options.verify_reports) {
    const bool markdown = file.extension() == ".md";
    TRY(WriteOutputFile(file, markdown ? ToMarkdown(all) : ToJson(all)));
  }
  return {};
}

}  // namespace

Outcome<Exit> RunVerify(const Options& options) {
  std::vector<fs::path> folders;
  for (const std::string& word : options.exercises) {
    std::error_code ignored;
    const std::vector<fs::path> within = ExercisesIn(word);
    if (!within.empty() && !fs::exists(fs::path(word) / "exercise.yaml", ignored)) {
      folders.insert(folders.end(), within.begin(), within.end());
      continue;
    }
    TRY_ASSIGN(fs::path folder, FindExercise(word, ExerciseRoots(options)));
    folders.push_back(std::move(folder));
  }
  const BusyLoops load(options.load ? ProcessorsForUs() : 0);
  Verifier verifier(options);
  std::vector<Verified> all;
  for (const fs::path& folder : folders) {
    TRY_ASSIGN(Verified verified, verifier.Verify(folder));
    if (!options.json) Print(ToText(verified));
    FlushOutput();
    all.push_back(std::move(verified));
  }
  if (options.json) Print(ToJson(all));
  TRY(WriteReports(all, options));
  const bool proven = std::ranges::all_of(
      all, [](const Verified& verified) { return verified.shortfalls.empty(); });
  return proven ? Exit::kPassed : Exit::kBelow;
}

}  // namespace plumbline::cli
