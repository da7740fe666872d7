// SPDX-License-Identifier: MIT
#include "graders/files/state_check.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.h"
#include "evaluate/explain.h"
#include "evaluate/parameters.h"
#include "evaluate/reach.h"
#include "evaluate/words.h"
#include "graders/files/paths.h"

namespace plumbline::graders::files {
namespace {

spec::KindTable Table() {
  return {.name = "files.state",
          .doc = "Passes when the path is of this kind and has this mode.",
          .params = {evaluate::Required({.name = "path",
                                         .type = spec::ParamType::kPath,
                                         .doc = "The path; a pattern has to match exactly one."}),
                     evaluate::AtParam(),
                     {.name = "is",
                      .type = spec::ParamType::kChoices,
                      .doc = "What it has to be; of a list, any one.",
                      .choices = {{"file", "a regular file"},
                                  {"fifo", "a named pipe"},
                                  {"socket", "a UNIX socket"},
                                  {"directory", "a directory"},
                                  {"missing", "nothing is there"}}},
                     {.name = "mode",
                      .type = spec::ParamType::kMode,
                      .doc = "Its permission bits, in quotes."}},
          .findings = {{"missing-file", "Nothing is there."},
                       {"wrong-kind", "It is something else."},
                       {"wrong-mode", "It has other permissions."},
                       {"left-over", "It is still there."}},
          .one_of = {"is", "mode"}};
}

std::set<record::Facet> Needs(const spec::Params&) { return {record::Facet::kFiles}; }

using evaluate::Msg;
using record::ObjectKind;
using Words = std::vector<std::string>;

std::string_view Word(ObjectKind kind) {
  switch (kind) {
    case ObjectKind::kFile:
      return "file";
    case ObjectKind::kFifo:
      return "fifo";
    case ObjectKind::kSocket:
      return "socket";
    case ObjectKind::kDirectory:
      return "directory";
    default:
      return "other";
  }
}

evaluate::Message WhatItIs(const std::string& name, ObjectKind kind) {
  const std::vector<evaluate::Argument> path{{"path", Escaped(name)}};
  switch (kind) {
    case ObjectKind::kFile:
      return Msg("{path} is a regular file.", path);
    case ObjectKind::kFifo:
      return Msg("{path} is a FIFO.", path);
    case ObjectKind::kSocket:
      return Msg("{path} is a socket.", path);
    case ObjectKind::kDirectory:
      return Msg("{path} is a directory.", path);
    default:
      return Msg("{path} is something else.", path);
  }
}

evaluate::Message InWords(const Words& kinds) {
  std::vector<evaluate::Message> words;
  for (const std::string& kind : kinds) {
    words.push_back(kind == "file"        ? Msg("a regular file")
                    : kind == "fifo"      ? Msg("a FIFO")
                    : kind == "socket"    ? Msg("a UNIX socket")
                    : kind == "directory" ? Msg("a directory")
                                          : Msg("nothing"));
  }
  return evaluate::Either(std::move(words));
}

std::string Octal(int64_t mode) {
  std::string text;
  for (int shift = 9; shift >= 0; shift -= 3)
    text += static_cast<char>('0' + ((mode >> shift) & 7));
  return text;
}

std::optional<evaluate::Finding> JudgeKind(const File& file, const Words* wanted) {
  const auto& [name, state] = file;
  if (wanted == nullptr) return std::nullopt;
  if (std::ranges::find(*wanted, std::string(Word(state->kind))) != wanted->end())
    return std::nullopt;
  return evaluate::Finding{.code = "wrong-kind",
                           .what = Msg("{path} should be {states}.",
                                       {{"path", Escaped(name)}, {"states", InWords(*wanted)}}),
                           .evidence = {WhatItIs(name, state->kind)},
                           .why = Msg("open() with O_CREAT makes a regular file; a FIFO is made by "
                                      "mkfifo(), a socket by bind()."),
                           .next = Msg("Look which call makes it.")};
}

std::optional<evaluate::Finding> JudgeMode(const File& file, const int64_t* wanted) {
  const auto& [name, state] = file;
  if (wanted == nullptr || static_cast<int64_t>(state->mode & 07777) == *wanted)
    return std::nullopt;
  return evaluate::Finding{
      .code = "wrong-mode",
      .what = Msg("The mode of {path} is {got}; it should be {expected}.",
                  {{"path", Escaped(name)},
                   {"got", Octal(state->mode & 07777)},
                   {"expected", Octal(*wanted)}}),
      .why = Msg("The mode is an octal number, given to the call that makes the file; the umask is "
                 "taken off it, and an old file keeps its own."),
      .next = Msg("Look at the last argument of open(), mkfifo() or mkdir().")};
}

evaluate::Finding LeftOver(const evaluate::Scene& scene, const File& file) {
  return {
      .code = "left-over",
      .what = Msg("{path} is still there, and should be gone.", {{"path", Escaped(file.first)}}),
      .evidence = evaluate::EvidenceOfEnd(scene),
      .why = Msg("A file, FIFO or socket stays until somebody removes its name."),
      .next = Msg("Call unlink() on every way out of the program.")};
}

evaluate::Judgement Judge(const evaluate::Scene& scene, const spec::Params& params) {
  const auto at = evaluate::SnapshotAt(scene, params);
  if (!at) return at.error();
  const auto& path = params.Get<std::string>("path");
  const auto found = FilesNamed(scene, path, **at);
  if (!found) return found.error();
  const auto* wanted = params.Find<Words>("is");
  const bool may_miss = wanted != nullptr && std::ranges::find(*wanted, "missing") != wanted->end();
  if (may_miss && found->empty()) return evaluate::Pass{};
  if (may_miss && wanted->size() == 1) {
    // Whoever could not end had no time to tidy up.
    if (auto cut_short = evaluate::CutShort(scene); cut_short && (*at)->name == "end")
      return *cut_short;
    return LeftOver(scene, found->front());
  }
  if (found->size() != 1) return MissingFile(scene, path, **at, *found);
  if (auto finding = JudgeKind(found->front(), wanted)) return *finding;
  if (auto finding = JudgeMode(found->front(), params.Find<int64_t>("mode"))) return *finding;
  return evaluate::Pass{};
}

}  // namespace

evaluate::CheckKind State() { return evaluate::Observing<Needs, Judge>(Table()); }

}  // namespace plumbline::graders::files
