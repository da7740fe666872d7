// SPDX-License-Identifier: MIT
// An exercise like pipe-chain and runs of it, judged by the real kinds, for reports to tell of.
#pragma once

#include <csignal>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "evaluate/evaluate.h"
#include "graders/builtin.h"
#include "report/formats.h"
#include "report/options.h"
#include "report/translator.h"
#include "tests/support/judging.h"
#include "tests/support/recording_builder.h"

namespace plumbline::testing {

// Parameters of a clause, with the defaults of its kind's table.
class ClauseOf {
 public:
  explicit ClauseOf(const std::string& kind) : use_(KindNamed(kind)) { clause_.kind = kind; }

  template <typename Value>
  ClauseOf& With(const std::string& name, Value value) {
    use_.With(name, std::move(value));
    return *this;
  }
  operator spec::Requirement() {  // NOLINT(google-explicit-constructor): reads as a list
    clause_.params = use_.params();
    return clause_;
  }

 private:
  static evaluate::CheckKind KindNamed(const std::string& name) {
    for (const auto& kind : graders::BuiltinKinds()) {
      if (kind.table.name == name) return kind;
    }
    return {};
  }

  Use use_;
  spec::Clause clause_;
};

struct Sample {
  spec::Exercise exercise;
  evaluate::Recordings recordings;
  evaluate::Submission submission{.files = {"main.c"}, .hash = std::string(64, '5')};
  report::Sources sources{};
  evaluate::BuildSummary build{
      .ok = true, .command = "gcc -std=gnu17 -o main main.c", .cached = false, .diagnostics = {}};

  evaluate::Grade Grade() const {
    return evaluate::Evaluate(exercise, recordings, "c", submission, build, "A",
                              graders::BuiltinKinds());
  }

  spec::Check& Add(const std::string& id, int points, const std::string& scenario,
                   std::vector<spec::Requirement> requirements) {
    spec::Check& check = exercise.checks.emplace_back();
    check.id = id;
    check.points = points;
    check.requirements = std::move(requirements);
    check.scenarios = {scenario};
    return check;
  }
  spec::Scenario& Scenario(const std::string& name) {
    exercise.scenario_order.push_back(name);
    exercise.scenarios[name].name = name;
    return exercise.scenarios[name];
  }
};

// cat | sort | wc > carta.txt. If the program keeps the write end of the second pipe, wc waits for
// ever.
inline RecordingBuilder Chain(bool keeps) {
  RecordingBuilder b;
  const auto submission = b.Scenario("counts").Start("submission", "/lab/main");
  b.Snapshot("start").Pipe(submission, 3, 4, Location{"main.c", 14, "main"});
  b.Pipe(submission, 5, 6, Location{"main.c", 15, "main"});
  const auto cat = b.Fork(submission);
  b.Dup(cat, 4, 1).Close(cat, 3).Close(cat, 4).Close(cat, 5).Close(cat, 6);
  b.Exec(cat, "/usr/bin/cat", {"cat", "paraules.txt"});
  const auto sort = b.Fork(submission);
  b.Dup(sort, 3, 0).Dup(sort, 6, 1).Close(sort, 3).Close(sort, 4).Close(sort, 5).Close(sort, 6);
  b.Exec(sort, "/usr/bin/sort");
  const auto wc = b.Fork(submission);
  b.Dup(wc, 5, 0).Open(wc, 1, "/lab/carta.txt", false, true);
  b.Close(wc, 3).Close(wc, 4).Close(wc, 5).Close(wc, 6).Exec(wc, "/usr/bin/wc", {"wc", "-l"});
  b.Close(submission, 3).Close(submission, 4).Close(submission, 5);
  if (!keeps) b.Close(submission, 6);
  for (const auto process : {cat, sort, wc}) b.State(process, record::ProcessState::kHeld);
  b.File("carta.txt", "").Asleep(submission, "wait4").Snapshot("running");
  b.Write(cat, 1, "pera\npoma\n").Exit(cat).Reap(submission, cat);
  b.Read(sort, 0, "pera\npoma\n").Write(sort, 1, "pera\npoma\n").Exit(sort).Reap(submission, sort);
  b.Read(wc, 0, "pera\npoma\n");
  if (keeps) {
    b.Asleep(wc, "read", 0).Outcome(record::Outcome::kDeadlocked);
  } else {
    b.Exit(wc).Reap(submission, wc).Exit(submission);
  }
  return b;
}

inline record::Recording HangingChain() {
  record::Recording recording = Chain(true).Build();
  recording.machine.real_time = std::chrono::milliseconds(31);
  return recording;
}

inline record::Recording WrongUsage() {
  RecordingBuilder b;
  const auto submission = b.Scenario("usage").Start("submission", "/lab/main");
  b.Write(submission, 2, "usage: main FILE\n").Exit(submission, 1);
  return b.Build();
}

// Checks that pass, fail, are not reached, and are hidden; a run that hangs.
inline Sample HangingSample() {
  Sample sample;
  sample.exercise.id = "pipe-chain";
  sample.exercise.hash = std::string(64, 'e');
  sample.exercise.title = {
      {"en", "A chain of pipes"}, {"ca", "Una cadena de pipes"}, {"es", "Una cadena de tuberías"}};
  spec::Scenario& counts = sample.Scenario("counts");
  counts.steps = {{spec::AwaitBlocked{}, "await: blocked", {}},
                  {spec::AwaitExit{}, "await: exit", {}}};
  counts.args = {"-n", "two words"};
  counts.files = {{.path = "paraules.txt", .text = spec::Text(TextOf("pera\npoma\n"))},
                  {.path = "out", .kind = spec::FileSpec::Kind::kDirectory}};
  counts.input = {.kind = spec::Input::Kind::kText, .text = spec::Text(TextOf("no newline"))};
  sample.Scenario("usage").args = {"only-the-teacher-knows"};
  sample.recordings["counts"] = {HangingChain()};
  sample.recordings["usage"] = {WrongUsage()};

  const std::vector<spec::Edge> edges{EdgeOf("cat.1", "sort.0"), EdgeOf("sort.1", "wc.0")};
  sample
      .Add("joined", 3, "counts",
           {ClauseOf("fds.wired").With("at", "running").With("edges", edges)})
      .title = {{"en", "Two pipes join them"},
                {"ca", "Dues pipes les uneixen"},
                {"es", "Dos tuberías las unen"}};
  auto& spare = sample.Add("no-spare-ends", 2, "counts",
                           {ClauseOf("fds.leaked")
                                .With("at", "running")
                                .With("who", WhoListOf({"submission", "cat", "sort", "wc"}))});
  spare.title = {{"en", "Nobody keeps a spare pipe end"},
                 {"ca", "Ningú es queda un extrem que no li cal"},
                 {"es", "Nadie se queda un extremo que no necesita"}};
  spare.hints = {{{"en", "Draw three boxes and two pipes."},
                  {"ca", "Dibuixa tres capses i dues pipes."},
                  {"es", "Dibuja tres cajas y dos tuberías."}},
                 {{"en", "Who still has the second one open?"},
                  {"ca", "Qui té encara oberta la segona?"},
                  {"es", "¿Quién tiene aún abierta la segunda?"}}};
  sample.Add("count", 2, "counts",
             {ClauseOf("processes.exit"),
              ClauseOf("files.content").With("path", "carta.txt").With("lines", Words{"2"})});
  auto& after = sample.Add("after", 1, "counts", {ClauseOf("processes.state").With("at", "later")});
  after.bonus = true;
  auto& usage = sample.Add("usage", 1, "usage",
                           {ClauseOf("processes.exit").With("status", spec::Range{2, 2})});
  usage.hidden = true;
  usage.title = {{"en", "Wrong usage"}, {"ca", "Ús incorrecte"}, {"es", "Uso incorrecto"}};
  return sample;
}

// All that may go right: everything passes.
inline Sample PassingSample() {
  Sample sample;
  sample.exercise.id = "usage";
  sample.exercise.hash = std::string(64, 'e');
  sample.exercise.title = {{"en", "Usage"}};
  sample.Scenario("usage");
  sample.recordings["usage"] = {WrongUsage()};
  sample.Add("status", 2, "usage", {ClauseOf("processes.exit").With("status", spec::Range{1, 1})})
      .title = {{"en", "It ends with 1"}};
  return sample;
}

// A program that does not build.
inline Sample UnbuiltSample() {
  Sample sample = HangingSample();
  sample.recordings.clear();
  sample.build.ok = false;
  sample.build.diagnostics = {
      {"main.c", 7, 12, "error", "expected ';' before 'return'"},
      {"main.c", 9, 0, "warning", "unused variable 'x'"},
      {"", 0, 0, "error", "ld: cannot find -lfoo\nld: one\x1b[31m more line"}};
  return sample;
}

// The machine fails at one of the runs.
inline Sample FailedSample() {
  Sample sample = HangingSample();
  sample.recordings["usage"][0].outcome = record::Outcome::kError;
  sample.recordings["usage"][0].error = Error{"cannot clone"};
  return sample;
}

// A check is lost in the second run of a scenario under something.
inline Sample PerturbedSample() {
  Sample sample = HangingSample();
  auto& runs = sample.recordings["usage"];
  runs.push_back(runs[0]);
  for (auto& run : runs) run.header.perturbation = "interruptions";
  runs[1].header.seed = 7;
  for (auto& event : runs[0].events) {
    if (auto* exited = std::get_if<record::Exited>(&event.what)) exited->status = 2;
  }
  return sample;
}

// The same, and who lost it had made a child.
inline Sample LostChildSample() {
  Sample sample = PerturbedSample();
  RecordingBuilder b;
  const auto submission =
      b.Scenario("usage").Perturbed("interruptions", 7).Start("submission", "/lab/main");
  const auto child = b.Fork(submission);
  b.Exit(child).Reap(submission, child).Exit(submission, 1);
  sample.recordings["usage"][1] = b.Build();
  return sample;
}

// A chain that is right in its first run and hangs in the second, which is perturbed.
inline Sample LostChainSample() {
  Sample sample = HangingSample();
  std::erase_if(sample.exercise.checks,
                [](const spec::Check& check) { return check.id != "no-spare-ends"; });
  RecordingBuilder lost = Chain(true);
  lost.Perturbed("interruptions", 7);
  sample.recordings["counts"] = {Chain(false).Build(), lost.Build()};
  return sample;
}

inline report::Translator In(const std::string& lang) {
  return report::Translator(lang, {PLUMBLINE_LOCALE});
}

}  // namespace plumbline::testing
