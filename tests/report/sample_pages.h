// SPDX-License-Identifier: MIT
// Pages of the samples: a run that hangs, in each language, and one by somebody who means ill.
#pragma once

#include <cerrno>
#include <csignal>
#include <map>
#include <string>

#include "report/class_page.h"
#include "report/html.h"
#include "report/markdown.h"
#include "tests/report/sample.h"
#include "tests/report/sample_class.h"

namespace plumbline::testing {

using Audience = report::ReportOptions::Audience;

inline Result<std::string> Written(Result<std::string> (*to)(const report::Reported&),
                                   const Sample& sample, const std::string& lang,
                                   const std::string& catalogues, Audience audience = {}) {
  const report::Translator translator(lang, {catalogues});
  const report::ReportOptions options{.lang = lang, .audience = audience};
  const report::Around around{.token = "plumbline-0123456789abcdef"};
  const auto grade = report::DocumentOf(sample.Grade(), "0.1.0", options, translator);
  return to(
      {grade, sample.exercise, sample.recordings, sample.sources, options, translator, around});
}

inline Result<std::string> PageOf(const Sample& sample, const std::string& lang,
                                  const std::string& catalogues) {
  return Written(&report::ToHtml, sample, lang, catalogues);
}

inline std::string ChainSource() {
  std::string source = "#include <unistd.h>\n\nint main(void) {\n\tint one[2], two[2];\n";
  while (std::ranges::count(source, '\n') < 13) source += "\n";
  source += "\tpipe(one);\n\tpipe(two);\n";
  for (int i = 0; i < 20; ++i) source += "\t// child " + std::to_string(i) + "\n";
  return source + "}\n";
}

inline Sample HostileSample() {
  const std::string evil =
      "</script><script>window.evil=1</script><img src=x "
      "onerror=window.evil=1>\x1b[31m\xe2\x80\xae\xff";
  Sample sample = HangingSample();
  sample.exercise.title["en"] = evil;
  sample.sources = {{"main.c", evil + "\n" + evil}, {evil, evil}};
  record::Recording& run = sample.recordings["counts"][0];
  for (auto& [name, snapshot] : run.snapshots) {
    for (auto& process : snapshot.processes) process.program = evil;
  }
  for (auto& object : run.objects) object.name = evil;
  for (auto& event : run.events) {
    if (auto* transfer = std::get_if<record::Transfer>(&event.what)) transfer->first = evil;
    if (auto* executed = std::get_if<record::Executed>(&event.what))
      executed->path = executed->argv[0] = "/" + evil;
  }
  run.streams["submission.stdout"] = {.bytes = evil, .cut = false, .total = evil.size()};
  spec::Scenario& counts = sample.exercise.scenarios["counts"];
  counts.args = {evil};
  counts.env = {{evil, evil}};
  counts.files = {{.path = evil, .text = spec::Text(TextOf(evil))}};
  counts.steps.push_back({spec::AwaitBlocked{}, evil, {}});
  return sample;
}

// More than a page has room for.
inline void GiveMuch(spec::Scenario& scenario) {
  using Piece = spec::TextPiece;
  const spec::Text large{{Piece{.kind = Piece::Kind::kBytes, .size = 8 << 20}}};
  const spec::Text numbered{
      {Piece{.kind = Piece::Kind::kNumbered, .text = "line {n}\n", .count = 1'000'000}}};
  scenario.input = {.kind = spec::Input::Kind::kText, .text = numbered};
  scenario.files.assign(300, {.path = "large", .text = large});
  scenario.steps = {
      {spec::Send{.to = "client", .text = large}, "send: {client: {bytes: 8MiB}}", {}},
      {spec::Send{.to = "client", .text = spec::Text(TextOf("short"))},
       "send: {client: short}",
       {}}};
}

// Each kind of other end, and all that can be made to go wrong.
inline Sample PeersSample() {
  using Kind = spec::Peer::Kind;
  Sample sample = HangingSample();
  spec::Scenario& counts = sample.exercise.scenarios["counts"];
  counts.peers = {{.name = "echo", .kind = Kind::kEcho, .port = 7},
                  {.name = "cut", .kind = Kind::kEcho, .path = "/lab/S", .pieces = 3},
                  {.name = "date", .kind = Kind::kDaytime, .port = 13},
                  {.name = "endless", .kind = Kind::kChargen, .port = 19},
                  {.name = "sink", .kind = Kind::kSink, .port = 9},
                  {.name = "silent", .kind = Kind::kSilent, .port = 21},
                  {.name = "full", .kind = Kind::kFull, .port = 22},
                  {.name = "server", .kind = Kind::kScripted, .port = 8080},
                  {.name = "other", .kind = Kind::kProgram, .command = {"socat", "-", "a b"}},
                  {.name = "half", .kind = Kind::kProgram, .solution = "c"}};
  counts.alter = {
      spec::FailCall{.call = "fork", .who = {}, .error = EAGAIN},
      spec::FailCall{.call = "read", .who = WhoListOf({"cat"}), .error = EINTR, .nth = 2},
      spec::ChangeExit{.who = WhoListOf({"wc"}), .status = 3},
      spec::ChangeExit{.who = WhoListOf({"sort"}), .killed_by = SIGKILL}};
  return sample;
}

// Ten thousand events: eight processes that signal, write and read round after round; shared
// memory, a FIFO; an hour passes in the middle.
inline Sample LongSample() {
  RecordingBuilder b;
  const auto submission = b.Scenario("counts").Start("submission", "/lab/main");
  b.Snapshot("start").Pipe(submission, 3, 4, Location{"main.c", 14, "main"});
  std::vector<record::ProcessIndex> children;
  for (int i = 0; i < 7; ++i) children.push_back(b.Fork(submission));
  for (const auto child : children) b.Share(child, 1);
  b.Open(children[0], 5, "/lab/F", true, false, record::ObjectKind::kFifo);
  b.Snapshot("running");
  for (int round = 0; round < 360; ++round) {
    if (round == 180) b.Advance(std::chrono::hours(1));
    for (const auto child : children) {
      b.SignalSent(submission, child, SIGUSR1)
          .Delivered(child, SIGUSR1, record::SignalDelivered::Effect::kHandled, submission);
      b.Write(child, 4, "round " + std::to_string(round) + "\n");
      b.Read(submission, 3, "round " + std::to_string(round) + "\n");
    }
  }
  b.Output("submission.stdout", "one\ntwo");
  for (const auto child : children) b.Exit(child).Reap(submission, child);
  b.Asleep(submission, "read", 3).Outcome(record::Outcome::kDeadlocked);
  Sample sample = HangingSample();
  sample.recordings["counts"] = {b.Build()};
  GiveMuch(sample.exercise.scenarios["counts"]);
  return sample;
}

// A text that differs, in a line and at its end.
inline Sample DifferingSample() {
  Sample sample = PassingSample();
  RecordingBuilder b;
  const auto submission = b.Scenario("usage").Start("submission", "/lab/main");
  b.Write(submission, 1, "one\ntwo\nthee");
  b.Exit(submission, 1);
  sample.recordings["usage"] = {b.Build()};
  sample.Add("text", 1, "usage",
             {ClauseOf("output.text").With("equals", spec::Text(TextOf("one\ntwo\nthree\n")))});
  return sample;
}

inline std::map<std::string, Result<std::string>> SamplePages(const std::string& catalogues) {
  std::map<std::string, Result<std::string>> pages;
  Sample hang = HangingSample();
  hang.sources = {{"main.c", ChainSource()}};
  for (const std::string lang : {"en", "ca", "es"})
    pages.emplace("hang." + lang, PageOf(hang, lang, catalogues));
  for (const std::string lang : {"en", "ca"})
    pages.emplace("peers." + lang, PageOf(PeersSample(), lang, catalogues));
  pages.emplace("hostile", PageOf(HostileSample(), "en", catalogues));
  pages.emplace("not-built", PageOf(UnbuiltSample(), "en", catalogues));
  pages.emplace("differs", PageOf(DifferingSample(), "en", catalogues));
  pages.emplace("long", PageOf(LongSample(), "en", catalogues));
  pages.emplace("lost-run", PageOf(LostChainSample(), "en", catalogues));
  pages.emplace("class", report::ToClassPage(SampleClass(), report::Translator("en", {catalogues}),
                                             "0123456789abcdef", "0.1.0"));
  pages.emplace("passed", PageOf(PassingSample(), "en", catalogues));
  return pages;
}

// Those that have a drawing.
inline std::map<std::string, Result<std::string>> SampleMarkdown(const std::string& catalogues) {
  std::map<std::string, Result<std::string>> texts;
  const auto add = [&](const char* name, const Sample& sample) {
    texts.emplace(name, Written(&report::ToMarkdown, sample, "ca", catalogues, Audience::kTeacher));
  };
  add("hang", HangingSample());
  add("hostile", HostileSample());
  add("lost-run", LostChainSample());
  add("lost-child", LostChildSample());
  return texts;
}

}  // namespace plumbline::testing
