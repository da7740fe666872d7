// SPDX-License-Identifier: MIT
#include "cli/commands.h"

#include <algorithm>

namespace plumbline::cli {

std::span<const Command> Commands() {
  using enum Word;
  static const std::vector<Command> commands{
      {"list", "List the exercises", RunList, {kDirectory, kFolder, kLang, kJson}},
      {"show",
       "Show an exercise's statement and what it is judged by",
       RunShow,
       {kExercise, kFolder, kLang, kAudience, kJson}},
      {"explain",
       "Teach the idea behind a kind of check, or behind a check of an exercise",
       RunExplain,
       {kExplained, kFolder, kLang, kAudience, kColor, kJson}},
      {"start",
       "Copy an exercise's starting files; nothing is overwritten",
       RunStart,
       {kExercise, kDirectory, kLanguage, kFolder}},
      {"check",
       "Grade a submission",
       RunCheck,
       {kOwnSubmission, kUnder, kScenario, kWatch, kJson, kReport, kLang, kLanguage, kAudience,
        kColor, kRecord, kGradebook, kHandIn, kJobs, kIsolation, kFolder, kNoCache, kVerbose}},
      {"hint",
       "Give the next hint of a check that failed, one at a time",
       RunHint,
       {kOwnSubmission, kWhichCheck, kLang, kLanguage, kIsolation, kFolder, kNoCache, kVerbose}},
      {"evaluate",
       "Judge saved recordings again, without running anything",
       RunEvaluate,
       {kExercise, kRecordings, kJson, kReport, kLang, kAudience, kColor, kFolder}},
      {"report",
       "Show a grade that was kept, in another form",
       RunReport,
       {kFormat, kGrade, kOutput, kRecordingsFolder, kSubmissionGraded, kLang, kColor}},
      {"replay",
       "Do a run that was kept once more",
       RunReplay,
       {kReplayed, kSubmission, kJson, kReport, kLang, kAudience, kColor, kRecord, kIsolation,
        kFolder, kNoCache, kVerbose}},
      {"trace",
       "Run a program in the sandbox and tell what its processes did",
       RunTrace,
       {kOutput, kAll, kTerminal, kUnder, kRecord, kJson, kLang, kIsolation, kVerbose, kProgram}},
      {"new", "Write an exercise to begin with", RunNew, {kExercise, kTopic, kFolder}},
      {"lint", "Find the mistakes in exercise files", RunLint, {kExercises, kFolder, kJson}},
      {"grade",
       "Grade a class; what has not changed since is not run again",
       RunGrade,
       {kClass, kGradebook, kJobs, kLang, kIsolation, kFolder, kNoCache, kVerbose}},
      {"regrade",
       "Judge the recordings of a gradebook again, without running anything",
       RunRegrade,
       {kRegraded, kGradebook, kFolder}},
      {"gradebook",
       "Show a class's marks, and change what a teacher decides",
       RunGradebook,
       {kGradebook, kTeacher, kJson}},
      {"export", "Write a class's marks as CSV", RunExport, {kGradebook, kExportFormat, kOutput}},
      {"package",
       "Make the archive that a grading service takes",
       RunPackage,
       {kService, kExercise, kOutput, kLang, kLanguage, kAudience, kIsolation, kFolder}},
      {"verify",
       "Prove exercises: their programs get the verdicts they must, and mutants are noticed",
       RunVerify,
       {kExercises, kMutants, kRepeat, kJobs, kSaved, kJson, kIsolation, kFolder, kNoCache,
        kVerbose}},
      {"schema", "Print the JSON Schema of the exercise file, for editors", RunSchema, {}},
      {"doctor", "Say what this machine can do, and what is missing", RunDoctor, {kJson}},
      {"version", "Print the version", RunVersion, {kJson}},
      {"supervise", "Take tasks on a socket", RunSupervise, {kSocket, kCpu, kVerbose}, true},
  };
  return commands;
}

const Command* CommandNamed(std::string_view name) {
  const auto it = std::ranges::find(Commands(), name, &Command::name);
  return it == Commands().end() ? nullptr : &*it;
}

}  // namespace plumbline::cli
