// SPDX-License-Identifier: MIT
#include "graders/fds/open_check.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/text.h"
#include "evaluate/parameters.h"
#include "evaluate/plumbing.h"
#include "evaluate/reach.h"

namespace plumbline::graders::fds {
namespace {

spec::KindTable Table() {
  return {
      .name = "fds.open",
      .doc = "Passes when just these descriptors are open.",
      .params = {evaluate::AtParam(), evaluate::WhoParam(),
                 evaluate::Required({.name = "table",
                                     .type = spec::ParamType::kFdTable,
                                     .doc = "Descriptor and what it is: file, pipe, fifo, socket, "
                                            "terminal, null, a path or a connection."})},
      .findings = {
          {"extra-descriptor", "A descriptor is open that is not in the table."},
          {"missing-descriptor", "A descriptor of the table is closed or is something else."},
          evaluate::NobodyFinding()}};
}

std::set<record::Facet> Needs(const spec::Params&) {
  return {record::Facet::kDescriptors, record::Facet::kSockets};
}

using record::ObjectKind;
using Words = std::map<std::string, ObjectKind, std::less<>>;

const Words& Kinds() {
  static const Words words{{"file", ObjectKind::kFile},         {"pipe", ObjectKind::kPipe},
                           {"fifo", ObjectKind::kFifo},         {"socket", ObjectKind::kSocket},
                           {"terminal", ObjectKind::kTerminal}, {"null", ObjectKind::kNull}};
  return words;
}

// `word` is a kind, the grader's end of something, or a path.
bool Is(const evaluate::Scene& scene, int number, const std::string& word) {
  const record::Object* object = scene.recording().object(number);
  if (object == nullptr) return false;
  if (const auto kind = Kinds().find(word); kind != Kinds().end()) {
    return object->kind == kind->second;
  }
  return object->role == word || object->name == scene.AbsolutePath(word);
}

// What an interpreter keeps open for itself: Bash has its script at 255.
bool IsInterpreters(const record::ProcessStateAt& state, int fd) {
  return fd == 255 && (state.program == "bash" || state.program == "sh");
}

struct Looking {
  const evaluate::Scene& scene;
  const record::Snapshot& at;
  const record::ProcessStateAt& state;
};

std::vector<evaluate::Message> WhatIsOpen(const Looking& look) {
  std::vector<evaluate::Message> evidence;
  for (const auto& [fd, descriptor] : look.state.descriptors) {
    if (evidence.size() == 12) break;
    evidence.push_back(evaluate::Msg(
        "Descriptor {fd} is {object}.",
        {{"fd", fd}, {"object", look.scene.NameOfObject(descriptor.object, look.at)}}));
  }
  return evidence;
}

std::optional<evaluate::Finding> Missing(const Looking& look, const spec::FdTable& table) {
  for (const auto& [fd, word] : table) {
    const auto open = look.state.descriptors.find(fd);
    const evaluate::Message who = look.scene.NameOf(look.state.process, &look.at);
    if (open == look.state.descriptors.end()) {
      return evaluate::Finding{
          .code = "missing-descriptor",
          .what = evaluate::Msg("Descriptor {fd} of {who} is closed; it should be: {wanted}.",
                                {{"fd", fd}, {"who", who}, {"wanted", Escaped(word)}}),
          .evidence = WhatIsOpen(look),
          .next = evaluate::Msg(
              "Look which dup2() should make it, and whether it is closed afterwards.")};
    }
    if (Is(look.scene, open->second.object, word)) continue;
    return evaluate::Finding{
        .code = "missing-descriptor",
        .what = evaluate::Msg("Descriptor {fd} of {who} is {object}; it should be: {wanted}.",
                              {{"fd", fd},
                               {"who", who},
                               {"object", look.scene.NameOfObject(open->second.object, look.at)},
                               {"wanted", Escaped(word)}}),
        .evidence = WhatIsOpen(look),
        .next = evaluate::Msg("Look which dup2() should make it, and in which order they come.")};
  }
  return std::nullopt;
}

std::optional<evaluate::Finding> Extra(const Looking& look, const spec::FdTable& table) {
  for (const auto& [fd, descriptor] : look.state.descriptors) {
    if (table.contains(fd) || IsInterpreters(look.state, fd)) continue;
    evaluate::Finding finding{
        .code = "extra-descriptor",
        .what = evaluate::Msg("{who} also has descriptor {fd} open: {object}.",
                              {{"who", look.scene.NameOf(look.state.process, &look.at)},
                               {"fd", fd},
                               {"object", look.scene.NameOfObject(descriptor.object, look.at)}}),
        .why = evaluate::Msg("A child is born with all descriptors of its parent, and exec keeps "
                             "those that are not marked close-on-exec."),
        .next = evaluate::Msg(
            "Close it in the child before exec(), or open it with O_CLOEXEC or SOCK_CLOEXEC.")};
    const auto origin = evaluate::OriginOf(look.scene, descriptor.object, look.at);
    if (!origin.empty()) {
      finding.evidence.push_back(evaluate::Msg("It was made by {origin}.", {{"origin", origin}}));
    }
    if (const auto* maker = evaluate::MakerOf(look.scene, descriptor.object)) {
      finding.location = maker->where;
    }
    return finding;
  }
  return std::nullopt;
}

evaluate::Judgement Judge(const evaluate::Scene& scene, const spec::Params& params) {
  const auto at = evaluate::SnapshotAt(scene, params);
  if (!at) return at.error();
  const auto who = evaluate::Everybody(scene, params.Get<spec::WhoList>("who"), *at);
  if (!who) return who.error();
  const auto& table = params.Get<spec::FdTable>("table");
  for (const record::ProcessIndex process : *who) {
    const Looking look{scene, **at, *scene.StateAt(process, **at)};
    if (auto finding = Missing(look, table)) return *finding;
    if (auto finding = Extra(look, table)) return *finding;
  }
  return evaluate::Pass{};
}

}  // namespace

evaluate::CheckKind Open() { return evaluate::Observing<Needs, Judge>(Table()); }

}  // namespace plumbline::graders::fds
