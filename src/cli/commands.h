// SPDX-License-Identifier: MIT
// The commands: an explicit table. Each is one .cc of its name; it returns the exit status or why
// it stopped.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "cli/options.h"
#include "cli/stop.h"

namespace plumbline::cli {

// The words of a command line; arguments.cc says of each how it is written and what it sets.
enum class Word {
  kExercise,
  kExercises,
  kExplained,
  kSubmission,
  kOwnSubmission,
  kWhichCheck,
  kTopic,
  kDirectory,
  kRecordings,
  kFormat,
  kService,
  kGrade,
  kRecordingsFolder,
  kSubmissionGraded,
  kProgram,
  kOutput,
  kAll,
  kTerminal,
  kUnder,
  kScenario,
  kMutants,
  kJobs,
  kRepeat,
  kSaved,
  kClass,
  kRegraded,
  kReplayed,
  kGradebook,
  kHandIn,
  kTeacher,
  kExportFormat,
  kWatch,
  kJson,
  kReport,
  kLang,
  kLanguage,
  kAudience,
  kColor,
  kRecord,
  kIsolation,
  kFolder,
  kNoCache,
  kSocket,
  kCpu,
  kVerbose,
};

struct Command {
  std::string_view name;
  std::string_view summary;
  Outcome<Exit> (*run)(const Options&);
  std::vector<Word> words;
  bool hidden = false;
};

std::span<const Command> Commands();
// nullptr if there is none.
const Command* CommandNamed(std::string_view name);

Outcome<Exit> RunCheck(const Options& options);
Outcome<Exit> RunExplain(const Options& options);
Outcome<Exit> RunExport(const Options& options);
Outcome<Exit> RunGrade(const Options& options);
Outcome<Exit> RunGradebook(const Options& options);
Outcome<Exit> RunHint(const Options& options);
Outcome<Exit> RunNew(const Options& options);
Outcome<Exit> RunPackage(const Options& options);
Outcome<Exit> RunReplay(const Options& options);
Outcome<Exit> RunRegrade(const Options& options);
Outcome<Exit> RunDoctor(const Options& options);
Outcome<Exit> RunEvaluate(const Options& options);
Outcome<Exit> RunLint(const Options& options);
Outcome<Exit> RunList(const Options& options);
Outcome<Exit> RunReport(const Options& options);
Outcome<Exit> RunSchema(const Options& options);
Outcome<Exit> RunShow(const Options& options);
Outcome<Exit> RunStart(const Options& options);
Outcome<Exit> RunSupervise(const Options& options);
Outcome<Exit> RunTrace(const Options& options);
Outcome<Exit> RunVerify(const Options& options);
Outcome<Exit> RunVersion(const Options& options);

}  // namespace plumbline::cli
