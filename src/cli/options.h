// SPDX-License-Identifier: MIT
// What a command line asked for, as a value.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace plumbline::cli {

struct Options {
  std::string exercise;                           // an id or a folder
  std::vector<std::string> exercises;             // of lint
  std::string explained;                          // a kind, EXERCISE/ID or ID; empty: all kinds
  std::filesystem::path submission;               // of check; of report, may be empty
  std::filesystem::path grade;                    // of report: a file
  std::filesystem::path recordings_folder;        // of report; may be empty
  std::string format;                             // of report and export; of package: the service
  std::filesystem::path directory;                // of list and start; may be empty
  std::vector<std::filesystem::path> recordings;  // of evaluate
  std::filesystem::path recording;                // of replay
  std::vector<std::string> program;               // of trace, with its arguments
  std::filesystem::path output;                   // of trace and report; empty: standard output
  std::filesystem::path record;                   // folder to keep recordings in; may be empty
  std::filesystem::path exercises_folder;         // searched first; may be empty
  std::vector<std::pair<std::string, std::filesystem::path>> reports;  // format, file
  std::string lang;      // of texts for people: ca, es, en; empty: from the environment
  std::string language;  // of the submission; empty: found
  std::string isolation = "auto";
  std::string color = "auto";  // or always, never
  bool teacher = false;        // sees hidden checks
  bool watch = false;
  bool all = false;                // of trace: what loaders do is told too
  bool terminal = false;           // of trace: the program gets one
  bool real_time = false;          // of trace: time passes by itself
  std::vector<std::string> under;  // of check and trace: perturbations
  uint64_t seed = 0;               // of one by chance
  int runs = 0;                    // of each; 0: as the exercise says
  uint64_t most_calls = 0;         // of all perturbed runs together; 0: as usual
  bool keep_going = false;         // after a check was lost
  std::string scenario;            // of check: whose perturbed run
  std::string topic;               // of new
  std::string check;               // of hint; empty: the first that has one

  // Of a class.
  std::filesystem::path submissions;  // the folder or archive that all are in, or a list
  std::filesystem::path roster;       // may be empty
  std::filesystem::path gradebook = "gradebook.db";
  std::string student;
  std::string section;              // those alone; empty: all
  std::string standing;             // those alone who stand so in an exercise; empty: all
  std::string reason;               // of what a teacher changes
  std::optional<double> adjust;     // points
  int64_t extend_hours = 0;         // more time
  std::string due;                  // a date and a time (UTC), a date, or "none"
  int late_percent = -1;            // a day; -1: as it is
  std::string attempts;             // best, last; empty: as it is
  std::filesystem::path worksheet;  // Moodle's or Canvas's

  bool no_mutants = false;  // of verify
  size_t jobs = 0;          // at once; 0: as many as the machine bears
  int repeat = 1;
  bool load = false;                                  // with every processor busy
  std::vector<std::filesystem::path> verify_reports;  // Markdown by its suffix .md, else JSON
  bool json = false;
  bool no_cache = false;
  bool verbose = false;
  int socket = -1;  // of supervise
  int cpu = -1;
};

}  // namespace plumbline::cli
