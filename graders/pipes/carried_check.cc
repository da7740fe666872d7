// SPDX-License-Identifier: MIT
#include "graders/pipes/carried_check.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/text.h"
#include "base/units.h"
#include "evaluate/parameters.h"
#include "evaluate/reach.h"
#include "evaluate/words.h"

namespace plumbline::graders::pipes {
namespace {

spec::KindTable Table() {
  return {.name = "pipes.carried",
          .doc = "Passes when so many bytes went that way through a pipe or FIFO.",
          .params = {evaluate::Required({.name = "edge",
                                         .type = spec::ParamType::kEdge,
                                         .doc = "END -> END, from the writer to the reader."}),
                     evaluate::Defaulting({.name = "bytes",
                                           .type = spec::ParamType::kSizeRange,
                                           .doc = "How much has to go through."},
                                          "1B.."),
                     evaluate::Defaulting({.name = "via",
                                           .type = spec::ParamType::kChoice,
                                           .doc = "What carries it.",
                                           .choices = {{"any", "a pipe or a named pipe"},
                                                       {"pipe", "a pipe"},
                                                       {"fifo", "a named pipe"}}},
                                          "any")},
          .findings = {{"nothing-carried", "Less, or nothing, went that way."},
                       evaluate::NobodyFinding()}};
}

std::set<record::Facet> Needs(const spec::Params&) { return {record::Facet::kTransfers}; }

using evaluate::Msg;
using record::ObjectKind;
using record::Transfer;

// One side of the edge over the whole run: who may do it and on which descriptor, or the objects
// that a path or channel names.
struct Side {
  std::vector<record::ProcessIndex> who;
  std::optional<int> fd;
  std::vector<int> objects;
  bool named = false;
};

evaluate::Reached<Side> SideOf(const evaluate::Scene& scene, const spec::EdgeEnd& end) {
  Side side;
  if (const auto* descriptor = std::get_if<spec::DescriptorEnd>(&end)) {
    auto who = evaluate::Everybody(scene, {descriptor->who}, nullptr);
    if (!who) return std::unexpected(who.error());
    side.who = std::move(*who);
    side.fd = descriptor->fd;
    return side;
  }
  side.named = true;
  const auto* path = std::get_if<spec::PathEnd>(&end);
  const auto* channel = std::get_if<spec::ChannelEnd>(&end);
  const std::string name = path != nullptr ? scene.AbsolutePath(path->path) : "";
  const auto& objects = scene.recording().objects;
  for (size_t i = 0; i < objects.size(); ++i) {
    const bool is = path != nullptr ? objects[i].name == name : objects[i].role == channel->channel;
    if (is) side.objects.push_back(static_cast<int>(i) + 1);
  }
  return side;
}

bool Carries(const evaluate::Scene& scene, int number, const std::string& via) {
  const record::Object* object = scene.recording().object(number);
  if (object == nullptr) return false;
  if (via == "pipe") return object->kind == ObjectKind::kPipe;
  if (via == "fifo") return object->kind == ObjectKind::kFifo;
  return object->kind == ObjectKind::kPipe || object->kind == ObjectKind::kFifo;
}

using ByObject = std::map<int, uint64_t>;

// The bytes that one side moved, by object.
ByObject Moved(const evaluate::Scene& scene, const Side& side, Transfer::Way way) {
  ByObject moved;
  for (const record::Event& event : scene.recording().events) {
    const auto* transfer = std::get_if<Transfer>(&event.what);
    if (transfer == nullptr || transfer->way != way) continue;
    const bool mine = std::ranges::find(side.who, event.actor) != side.who.end();
    if (mine && (!side.fd || *side.fd == transfer->fd)) moved[transfer->object] += transfer->bytes;
  }
  return moved;
}

// What the named end of a path or channel moved: all that the other side did there.
void FillNamed(const Side& side, ByObject& moved, const ByObject& other) {
  if (!side.named) return;
  for (const auto& [object, bytes] : other) {
    if (std::ranges::find(side.objects, object) != side.objects.end()) moved[object] = bytes;
  }
}

// Not the libraries and modules that every program reads: of files those of the exercise.
bool IsTold(const evaluate::Scene& scene, int number) {
  const record::Object* object = scene.recording().object(number);
  if (object == nullptr) return false;
  const bool file = object->kind == ObjectKind::kFile || object->kind == ObjectKind::kOther;
  return !file || object->name.starts_with(scene.AbsolutePath(".") + "/");
}

std::vector<evaluate::Message> WhatMoved(const evaluate::Scene& scene, const ByObject& written,
                                         const ByObject& read) {
  std::vector<evaluate::Message> evidence;
  const record::Snapshot* end = scene.recording().snapshot("end");
  if (end == nullptr) return evidence;
  for (const auto& [object, bytes] : written) {
    if (evidence.size() == 4) break;
    if (!IsTold(scene, object)) continue;
    evidence.push_back(
        Msg("The writer wrote {bytes} to {object}.",
            {{"bytes", ToString(Bytes{bytes})}, {"object", scene.NameOfObject(object, *end)}}));
  }
  for (const auto& [object, bytes] : read) {
    if (evidence.size() == 8) break;
    if (!IsTold(scene, object)) continue;
    evidence.push_back(
        Msg("The reader read {bytes} from {object}.",
            {{"bytes", ToString(Bytes{bytes})}, {"object", scene.NameOfObject(object, *end)}}));
  }
  return evidence;
}

evaluate::Finding WrongAmount(const spec::Edge& edge, const spec::Range& wanted, int64_t carried,
                              std::vector<evaluate::Message> evidence) {
  evaluate::Finding finding{
      .code = "nothing-carried",
      .what = Msg("Along {edge} went, through a pipe or FIFO: {found}; it should be: {count}.",
                  {{"edge", Escaped(edge.text)},
                   {"found", ToString(Bytes{static_cast<uint64_t>(carried)})},
                   {"count", evaluate::SizeInWords(wanted)}}),
      .evidence = std::move(evidence),
      .next = Msg(
          "Look where each of the two reads and writes: on which descriptor, and what that is.")};
  if (carried < wanted.least) {
    finding.why = Msg(
        "The bytes went another way, or none were written: an open pipe alone carries nothing.");
  }
  return finding;
}

evaluate::Judgement Judge(const evaluate::Scene& scene, const spec::Params& params) {
  const spec::Edge& edge = params.Get<std::vector<spec::Edge>>("edge").front();
  const auto from = SideOf(scene, edge.from);
  if (!from) return from.error();
  const auto to = SideOf(scene, edge.to);
  if (!to) return to.error();
  ByObject written = Moved(scene, *from, Transfer::Way::kWritten);
  ByObject read = Moved(scene, *to, Transfer::Way::kRead);
  FillNamed(*from, written, read);
  FillNamed(*to, read, written);
  uint64_t carried = 0;
  const std::string& via = params.Get<std::vector<std::string>>("via").front();
  for (const auto& [object, bytes] : written) {
    const auto taken = read.find(object);
    if (taken == read.end() || !Carries(scene, object, via)) continue;
    carried += std::min(bytes, taken->second);
  }
  const auto& wanted = params.Get<spec::Range>("bytes");
  if (wanted.Contains(static_cast<int64_t>(carried))) return evaluate::Pass{};
  return WrongAmount(edge, wanted, static_cast<int64_t>(carried), WhatMoved(scene, written, read));
}

}  // namespace

evaluate::CheckKind Carried() { return evaluate::Observing<Needs, Judge>(Table()); }

}  // namespace plumbline::graders::pipes
