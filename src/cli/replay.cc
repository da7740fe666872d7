// SPDX-License-Identifier: MIT
// A recording that was kept, once more: the same scenario, perturbation and seed with the program
// that it is of, or with the one that it has become. Exit status: as check's.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "cli/catalogue.h"
#include "cli/commands.h"
#include "cli/console.h"
#include "cli/grading_options.h"
#include "cli/recording_files.h"
#include "cli/reporting.h"
#include "record/perturbation.h"

namespace plumbline::cli {
namespace {

using record::Recording;

Outcome<Recording> ReadOne(const std::filesystem::path& file) {
  TRY_ASSIGN(std::vector<Recording> all, ReadRecordings({file}));
  if (all.size() != 1)
    return Refuse(file.string() + ": there are " + std::to_string(all.size()) + " recordings in it",
                  "give the file of one");
  return std::move(all.front());
}

Outcome<GradingOptions> GradingOptionsOf(Crew& crew, const Recording& recording,
                                         const Options& options, const spec::Exercise& exercise) {
  const record::Header& header = recording.header;
  const auto perturbation = record::ParsePerturbation(header.perturbation);
  if (!perturbation) return Refuse(perturbation.error().message, perturbation.error().hint);
  Options as_before = options;
  as_before.language = header.language;
  if (options.isolation == "auto") as_before.isolation = header.isolation;
  TRY_ASSIGN(GradingOptions grading, GradingOptionsFor(crew, exercise, as_before));
  grading.only = scenario::Perturbed{*perturbation, header.seed};
  grading.only_of = header.scenario;
  return grading;
}

nlohmann::json EventsOf(const Recording& recording) {
  return nlohmann::json::parse(record::CanonicalJson(recording)).at("canonical").at("events");
}

// What is to be said of the two.
std::string Comparison(const Recording& before, const Recording& now) {
  if (before.header.artifact_hash != now.header.artifact_hash)
    return "the program has changed since; this is what it does now";
  if (record::CanonicalJson(before) == record::CanonicalJson(now))
    return "the same run, byte for byte";
  const auto old_events = EventsOf(before);
  const auto new_events = EventsOf(now);
  const auto same = std::ranges::mismatch(old_events, new_events).in1 - old_events.begin();
  return "it went another way after event " + std::to_string(same) + " of " +
         std::to_string(before.events.size()) +
         (before.header.perturbation.empty() ? "; a run that nothing orders may do that" : "");
}

}  // namespace

Outcome<Exit> RunReplay(const Options& options) {
  TRY_ASSIGN(const Recording recording, ReadOne(options.recording));
  Options found = options;
  if (found.exercise.empty()) found.exercise = recording.header.exercise;
  TRY_ASSIGN(const spec::Exercise exercise, LoadExercise(found));
  if (exercise.hash != recording.header.exercise_hash)
    Tell("plumbline: note: the exercise has changed since the recording was made\n");
  TRY_ASSIGN(const build::Submission submission, ReadSubmissionAt(options.submission));
  Crew crew({.program = "/proc/self/exe", .verbose = options.verbose});
  TRY_ASSIGN(const GradingOptions grading, GradingOptionsOf(crew, recording, options, exercise));
  TRY_ASSIGN(const Graded graded, GradeSubmission(crew, exercise, submission, grading));
  TRY(TellGrade(graded, exercise, submission, options));
  const auto runs = graded.recordings.find(recording.header.scenario);
  if (runs != graded.recordings.end())
    Tell("plumbline: " + Comparison(recording, runs->second.front()) + "\n");
  return ExitOf(graded.grade);
}

}  // namespace plumbline::cli
