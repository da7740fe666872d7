// SPDX-License-Identifier: MIT
#include "cli/arguments.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <memory>

#include "base/text.h"
#include "cli/class_report.h"
#include "cli/console.h"
#include "report/formats.h"

namespace plumbline::cli {
namespace {

std::string NoFormat(const std::string& word) {
  return "no format '" + Escaped(word) + "'; there are " + report::NamesOfFormats();
}

// "json=grade.json" -> a pair; CLI11 shows the message of a ValidationError.
void AddReport(Options& options, const std::string& text) {
  const size_t equals = text.find('=');
  const std::string format = text.substr(0, equals);
  if (equals == std::string::npos || equals + 1 == text.size())
    throw CLI::ValidationError("--report", "'" + text + "' is not FORMAT=FILE");
  if (report::FormatNamed(format) == nullptr)
    throw CLI::ValidationError("--report", NoFormat(format));
  options.reports.emplace_back(format, text.substr(equals + 1));
}

struct Writing {
  Word word;
  void (*add)(CLI::App&, Options&);
};

// How each word is written and what it sets.
constexpr std::array kWritings{
    Writing{Word::kExercise,
            [](CLI::App& app, Options& o) {
              app.add_option("EXERCISE", o.exercise, "An exercise's id or its folder")->required();
            }},
    Writing{Word::kExercises,
            [](CLI::App& app, Options& o) {
              app.add_option("EXERCISE", o.exercises, "Ids or folders of exercises")->required();
            }},
    Writing{Word::kExplained,
            [](CLI::App& app, Options& o) {
              app.add_option(
                  "CHECK", o.explained,
                  "A kind (fds.leaked), EXERCISE/ID, or in a folder that start made an ID; "
                  "without it all kinds are listed");
            }},
    Writing{Word::kSubmission,
            [](CLI::App& app, Options& o) {
              app.add_option("SUBMISSION", o.submission, "A source file or a folder")->required();
            }},
    Writing{Word::kOwnSubmission,
            [](CLI::App& app, Options& o) {
              app.add_option("EXERCISE", o.exercise,
                             "An exercise's id or its folder; in a folder that start made it need "
                             "not be said");
              app.add_option("SUBMISSION", o.submission,
                             "A source file or a folder; without it, the folder that start made");
            }},
    Writing{Word::kWhichCheck,
            [](CLI::App& app, Options& o) {
              app.add_option("--check", o.check, "Of this one (the first that has one)")
                  ->type_name("ID");
            }},
    Writing{Word::kTopic,
            [](CLI::App& app, Options& o) {
              app.add_option("--topic", o.topic, "What it is about: pipes, signals, sockets ...")
                  ->type_name("TOPIC");
            }},
    Writing{Word::kDirectory,
            [](CLI::App& app, Options& o) { app.add_option("DIR", o.directory, "A folder"); }},
    Writing{Word::kRecordings,
            [](CLI::App& app, Options& o) {
              app.add_option("RECORDING", o.recordings, "Files that --record kept, or their folder")
                  ->required();
            }},
    Writing{Word::kFormat,
            [](CLI::App& app, Options& o) {
              app.add_option("FORMAT", o.format, report::NamesOfFormats() + ", class")
                  ->required()
                  ->check([](const std::string& word) {
                    const bool known = word == kClass || report::FormatNamed(word) != nullptr;
                    return known ? std::string() : NoFormat(word);
                  });
            }},
    Writing{Word::kService,
            [](CLI::App& app, Options& o) {
              app.add_option("SERVICE", o.format, "gradescope")
                  ->required()
                  ->check(CLI::IsMember({"gradescope"}));
            }},
    Writing{Word::kGrade,
            [](CLI::App& app, Options& o) {
              app.add_option(
                     "GRADE", o.grade,
                     "A grade in JSON, as check --json wrote it; - is standard input; of class, "
                     "a gradebook")
                  ->required();
            }},
    Writing{Word::kRecordingsFolder,
            [](CLI::App& app, Options& o) {
              app.add_option(
                     "--recordings", o.recordings_folder,
                     "The runs of the grade, where check --record kept them: they are drawn")
                  ->type_name("DIR");
            }},
    Writing{Word::kSubmissionGraded,
            [](CLI::App& app, Options& o) {
              app.add_option("--submission", o.submission,
                             "The file or folder that was graded: its places are shown")
                  ->type_name("PATH");
            }},
    Writing{Word::kProgram,
            [](CLI::App& app, Options& o) {
              app.add_option("PROGRAM", o.program,
                             "A file or a command, and its arguments (after --)")
                  ->required();
            }},
    Writing{Word::kOutput,
            [](CLI::App& app, Options& o) {
              app.add_option("-o,--output", o.output, "Write it there, not to standard output")
                  ->type_name("FILE");
            }},
    Writing{Word::kAll,
            [](CLI::App& app, Options& o) {
              app.add_flag("--all", o.all,
                           "Tell also what loaders and libraries do, and each turn of a loop");
            }},
    Writing{Word::kTerminal,
            [](CLI::App& app, Options& o) {
              app.add_flag("--terminal", o.terminal,
                           "Give the program a terminal; what is on standard input is typed there");
              app.add_flag("--real-time", o.real_time,
                           "Let time pass by itself, instead of jumping when all programs wait");
            }},
    Writing{Word::kUnder,
            [](CLI::App& app, Options& o) {
              app.add_option("--under", o.under,
                             "Run it perturbed: interleavings, signals, interruptions, "
                             "short-transfers, failures or small-world; or one run of those, as a "
                             "report names it")
                  ->type_name("WHAT")
                  ->expected(1)
                  ->allow_extra_args(false)
                  ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
              app.add_option("--seed", o.seed, "Of a run by chance")->type_name("N");
            }},
    Writing{
        Word::kScenario,
        [](CLI::App& app, Options& o) {
          app.add_option("--scenario", o.scenario, "Whose run --under names")->type_name("NAME");
          app.add_option("--runs", o.runs,
                         "So many runs of each perturbation, and not as many as the exercise says")
              ->type_name("N")
              ->check(CLI::Range(1, 1'000'000));
          app.add_option("--most-calls", o.most_calls,
                         "How many system calls all perturbed runs together may make; 18000, and "
                         "with --runs or --under 2000000")
              ->type_name("N")
              ->check(CLI::Range(1, 1'000'000'000));
          app.add_flag("--keep-going", o.keep_going,
                       "Do all perturbed runs, also after a check was lost, and count the losses");
        }},
    Writing{Word::kClass,
            [](CLI::App& app, Options& o) {
              app.add_option("--exercise", o.exercises, "Ids or folders of exercises")
                  ->type_name("EXERCISE")
                  ->required();
              app.add_option("--submissions", o.submissions,
                             "The folder with a folder, an archive or a file of each student; "
                             "an archive of that, or what Moodle or Gradescope give to download; "
                             "or a list (.csv, .txt) of student,repository[,branch]")
                  ->type_name("PATH")
                  ->required();
              app.add_option("--roster", o.roster, "Who is in the class: id,name,email,section")
                  ->type_name("FILE");
            }},
    Writing{Word::kRegraded,
            [](CLI::App& app, Options& o) {
              app.add_option("--exercise", o.exercises, "Ids or folders of exercises")
                  ->type_name("EXERCISE")
                  ->required();
            }},
    Writing{Word::kReplayed,
            [](CLI::App& app, Options& o) {
              app.add_option("RECORDING", o.recording, "A file that --record kept")->required();
            }},
    Writing{Word::kGradebook,
            [](CLI::App& app, Options& o) {
              app.add_option("--gradebook", o.gradebook, "The class's results (gradebook.db)")
                  ->type_name("FILE");
            }},
    Writing{Word::kHandIn,
            [](CLI::App& app, Options& o) {
              CLI::Option* const student =
                  app.add_option("--student", o.student,
                                 "Also put the result into a gradebook, as this student's");
              student->type_name("ID");
              app.get_option("--gradebook")->needs(student);
              app.add_option("--roster", o.roster, "Who is in the class, and may be that student")
                  ->type_name("FILE")
                  ->needs(student);
            }},
    Writing{
        Word::kTeacher,
        [](CLI::App& app, Options& o) {
          app.add_option("--student", o.student, "How each mark of one student came about")
              ->type_name("ID");
          app.add_option("--exercise", o.exercise, "Which one alone, or which one is changed")
              ->type_name("ID");
          app.add_option("--section", o.section, "The students of one section alone")
              ->type_name("NAME");
          app.add_option("--state", o.standing,
                         "Those alone who passed, failed, were refused, in error, are pending or "
                         "missing")
              ->type_name("STATE")
              ->check(
                  CLI::IsMember({"passed", "failed", "refused", "error", "pending", "missing"}));
          app.add_option("--adjust", o.adjust, "Add points to a mark, or take them off")
              ->type_name("POINTS");
          app.add_option("--extend", o.extend_hours, "Give a student more time")
              ->type_name("HOURS")
              ->check(CLI::PositiveNumber);
          app.add_option("--reason", o.reason, "Why, for --adjust and --extend")->type_name("TEXT");
          app.add_option("--due", o.due, "When an exercise has to be handed in (UTC), or none")
              ->type_name("TIME");
          app.add_option("--late", o.late_percent, "Percent off for each day begun after that")
              ->type_name("PERCENT")
              ->check(CLI::Range(0, 100));
          app.add_option("--attempts", o.attempts, "Which attempt counts: best or last")
              ->type_name("WHICH")
              ->check(CLI::IsMember({"best", "last"}));
        }},
    Writing{Word::kExportFormat,
            [](CLI::App& app, Options& o) {
              o.format = "csv";
              app.add_option("--format", o.format, "csv (default), canvas, or moodle")
                  ->type_name("FORMAT")
                  ->check(CLI::IsMember({"csv", "canvas", "moodle"}));
              app.add_option("--worksheet", o.worksheet, "Moodle's or Canvas's own, to be filled")
                  ->type_name("FILE");
              app.add_option("--exercise", o.exercise, "Which one, for moodle")->type_name("ID");
            }},
    Writing{Word::kMutants,
            [](CLI::App& app, Options& o) {
              app.add_flag("--no-mutants", o.no_mutants, "Try the exercise's own programs alone");
            }},
    Writing{Word::kJobs,
            [](CLI::App& app, Options& o) {
              app.add_option("-j,--jobs", o.jobs,
                             "So many at once; without it as many as there are processors, and "
                             "memory for")
                  ->type_name("N")
                  ->check(CLI::Range(1, 1024));
            }},
    Writing{
        Word::kRepeat,
        [](CLI::App& app, Options& o) {
          app.add_option("--repeat", o.repeat,
                         "Do all that so often, and tell which verdicts changed")
              ->type_name("N")
              ->check(CLI::Range(1, 10'000));
          app.add_flag(
              "--load", o.load,
              "Keep every processor busy meanwhile, by several at once on each and a loop, and let "
              "the grader itself, and who goes on, be late by chance");
        }},
    Writing{Word::kSaved,
            [](CLI::App& app, Options& o) {
              app.add_option(
                     "--report", o.verify_reports,
                     "Save all that was found there: as Markdown if it ends in .md, else as "
                     "JSON; may be repeated")
                  ->type_name("FILE")
                  ->expected(1)
                  ->allow_extra_args(false)
                  ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
            }},
    Writing{Word::kWatch,
            [](CLI::App& app, Options& o) {
              app.add_flag("--watch", o.watch, "Check again each time that a file is saved");
            }},
    Writing{Word::kJson,
            [](CLI::App& app, Options& o) {
              app.add_flag("--json", o.json, "One JSON document on standard output, nothing else");
            }},
    Writing{Word::kReport,
            [](CLI::App& app, Options& o) {
              app.add_option_function<std::vector<std::string>>(
                     "--report",
                     [&o](const std::vector<std::string>& all) {
                       for (const std::string& one : all) AddReport(o, one);
                     },
                     "Also write a report, such as json=FILE or html=FILE; may be repeated")
                  ->type_name("FORMAT=FILE")
                  ->expected(1)
                  ->allow_extra_args(false)
                  ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
            }},
    Writing{Word::kLang,
            [](CLI::App& app, Options& o) {
              app.add_option("--lang", o.lang, "Language of what you read: ca, es or en")
                  ->type_name("LANG")
                  ->check(CLI::IsMember({"ca", "es", "en"}));
            }},
    Writing{Word::kLanguage,
            [](CLI::App& app, Options& o) {
              app.add_option("--language", o.language, "Language of the program: c, cpp, py or sh")
                  ->type_name("LANGUAGE")
                  ->check(CLI::IsMember({"c", "cpp", "py", "sh"}));
            }},
    Writing{Word::kAudience,
            [](CLI::App& app, Options& o) {
              app.add_option_function<std::string>(
                     "--audience", [&o](const std::string& who) { o.teacher = who == "teacher"; },
                     "student (default), or teacher: hidden checks in full")
                  ->type_name("WHO")
                  ->check(CLI::IsMember({"student", "teacher"}));
            }},
    Writing{Word::kColor,
            [](CLI::App& app, Options& o) {
              app.add_option("--color", o.color, "auto (default: on a terminal), always or never")
                  ->type_name("WHEN")
                  ->check(CLI::IsMember({"auto", "always", "never"}));
            }},
    Writing{Word::kRecord,
            [](CLI::App& app, Options& o) {
              app.add_option("--record", o.record, "Keep each run there, as NAME.recording.json")
                  ->type_name("DIR");
            }},
    Writing{Word::kIsolation,
            [](CLI::App& app, Options& o) {
              app.add_option("--isolation", o.isolation,
                             "auto (default: the best there is), A, B, C, or unsafe")
                  ->type_name("RUNG")
                  ->check(CLI::IsMember({"auto", "A", "B", "C", "unsafe"}));
            }},
    Writing{Word::kFolder,
            [](CLI::App& app, Options& o) {
              app.add_option("--exercises", o.exercises_folder, "Look for exercises there first")
                  ->type_name("DIR");
            }},
    Writing{Word::kNoCache,
            [](CLI::App& app, Options& o) {
              app.add_flag("--no-cache", o.no_cache, "Build anew, and keep nothing of it");
            }},
    Writing{Word::kSocket,
            [](CLI::App& app, Options& o) { app.add_option("--socket", o.socket)->required(); }},
    Writing{Word::kCpu,
            [](CLI::App& app, Options& o) { app.add_option("--cpu", o.cpu)->required(); }},
    Writing{Word::kVerbose,
            [](CLI::App& app, Options& o) {
              app.add_flag("--verbose", o.verbose, "Log what the grader does, on standard error");
            }},
};

void AddCommand(CLI::App& app, const Command& command, Options& options) {
  CLI::App* const sub = app.add_subcommand(std::string(command.name), std::string(command.summary));
  if (command.hidden) sub->group("");
  for (const Word word : command.words)
    std::ranges::find(kWritings, word, &Writing::word)->add(*sub, options);
}

// The sub-command that the line got to, or nothing.
const CLI::App* Chosen(const CLI::App& app) {
  const std::vector<CLI::App*> chosen = app.get_subcommands();
  return chosen.empty() ? nullptr : chosen.front();
}

std::string UnknownCommand(const std::string& word) {
  std::vector<std::string> names;
  for (const Command& command : Commands()) {
    if (!command.hidden) names.emplace_back(command.name);
  }
  const std::string near = Nearest(word, names);
  return Complaint({"there is no command '" + Escaped(word) + "'",
                    near.empty() ? "plumbline --help lists them" : "did you mean '" + near + "'?"});
}

// Options come after the command; before it there are only --help and --version.
std::string OptionFirst(const std::string& word, const std::vector<std::string>& arguments) {
  const auto is_command = [](const std::string& argument) {
    const Command* const command = CommandNamed(argument);
    return command && !command->hidden;
  };
  const auto command = std::ranges::find_if(arguments, is_command);
  if (command == arguments.end())
    return Complaint({"no command, and no option '" + Escaped(word) + "' without one",
                      "plumbline --help lists the commands"});
  return Complaint({"'" + Escaped(word) + "' stands before the command",
                    "write the command first: plumbline " + *command + " ..."});
}

NoInvocation Mistake(const CLI::App& app, const CLI::ParseError& error,
                     const std::vector<std::string>& arguments) {
  const CLI::App* const command = Chosen(app);
  if (arguments.empty()) return {Exit::kUsage, app.help()};
  if (arguments[0].starts_with("-")) return {Exit::kUsage, OptionFirst(arguments[0], arguments)};
  if (!command && !CommandNamed(arguments[0])) return {Exit::kUsage, UnknownCommand(arguments[0])};
  const std::string help =
      command ? "plumbline " + command->get_name() + " --help" : "plumbline --help";
  return {Exit::kUsage, Complaint({error.what(), help + " tells more"})};
}

}  // namespace

std::expected<Invocation, NoInvocation> ParseArguments(std::vector<std::string> arguments) {
  CLI::App app("Grades lab exercises in inter-process communication", "plumbline");
  Invocation invocation;
  app.require_subcommand(1);
  app.set_version_flag("--version", std::string("plumbline ") + Version());
  app.footer(
      "plumbline COMMAND --help tells more. Exit status: 0 passed, 1 below the passing grade,\n"
      "2 a mistake in the command line or the exercise, 3 the machine failed (no grade).");
  for (const Command& command : Commands()) AddCommand(app, command, invocation.options);
  try {
    // CLI11 takes them from the end.
    app.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
  } catch (const CLI::CallForVersion& version) {
    return std::unexpected(NoInvocation{Exit::kPassed, std::string(version.what())});
  } catch (const CLI::CallForHelp&) {
    const CLI::App* const command = Chosen(app);
    // CLI11 adds the command's name to what stands before it.
    return std::unexpected(
        NoInvocation{Exit::kPassed, command ? command->help("plumbline") : app.help()});
  } catch (const CLI::ParseError& error) {
    return std::unexpected(Mistake(app, error, arguments));
  }
  invocation.command = CommandNamed(Chosen(app)->get_name());
  return invocation;
}

}  // namespace plumbline::cli
