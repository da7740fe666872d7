// SPDX-License-Identifier: MIT
#include "graders/fds/wired_check.h"

#include <algorithm>
#include <iterator>
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
  return {.name = "fds.wired",
          .doc =
              "Passes when each edge joins what it names: what is written into the first end comes "
              "out of the second.",
          .params = {evaluate::AtParam(),
                     evaluate::Required(
                         {.name = "edges",
                          .type = spec::ParamType::kEdges,
                          .doc = "Edges END -> END, from the writing end to the reading one."}),
                     evaluate::Defaulting({.name = "via",
                                           .type = spec::ParamType::kChoice,
                                           .doc = "What has to join them.",
                                           .choices = {{"any", "whatever joins them"},
                                                       {"pipe", "a pipe"},
                                                       {"fifo", "a named pipe"},
                                                       {"socket", "a socket or a pair of them"},
                                                       {"file", "a file"}}},
                                          "any")},
          .findings = {{"not-joined", "The two ends are not joined by anything."},
                       {"swapped", "They are joined, but the wrong way round."},
                       {"wrong-target", "The descriptor leads to something else."},
                       evaluate::NobodyFinding()}};
}

std::set<record::Facet> Needs(const spec::Params&) {
  return {record::Facet::kDescriptors, record::Facet::kSockets};
}

using evaluate::End;
using evaluate::Msg;
using record::ObjectKind;

// One side of an edge in this run: descriptors of processes, or one object by its name.
struct Side {
  std::vector<evaluate::Holding> descriptors;  // that are open; of a process or several
  std::vector<int> objects;                    // of a path or a channel
  bool named = false;                          // a path or a channel
  std::optional<evaluate::Holding> closed;     // a wanted descriptor that is not open
};

struct Wiring {
  const evaluate::Scene& scene;
  const record::Snapshot& at;
  const std::string& via;

  const record::Descriptor& Of(const evaluate::Holding& holding) const {
    return scene.StateAt(holding.process, at)->descriptors.at(holding.fd);
  }
};

std::vector<int> ObjectsWith(const evaluate::Scene& scene, const spec::EdgeEnd& end) {
  std::vector<int> found;
  const auto* path = std::get_if<spec::PathEnd>(&end);
  const auto* channel = std::get_if<spec::ChannelEnd>(&end);
  const std::string wanted = path != nullptr ? scene.AbsolutePath(path->path) : "";
  const auto& objects = scene.recording().objects;
  for (size_t i = 0; i < objects.size(); ++i) {
    const bool is =
        path != nullptr ? objects[i].name == wanted : objects[i].role == channel->channel;
    if (is) found.push_back(static_cast<int>(i) + 1);
  }
  return found;
}

// The descriptors that an end names, whatever they are; `*` names all that go in its direction.
evaluate::Reached<Side> SideOf(const Wiring& wiring, const spec::EdgeEnd& end, End direction) {
  Side side;
  const auto* descriptor = std::get_if<spec::DescriptorEnd>(&end);
  if (descriptor == nullptr) {
    side.named = true;
    side.objects = ObjectsWith(wiring.scene, end);
    return side;
  }
  const auto who = evaluate::Everybody(wiring.scene, {descriptor->who}, &wiring.at);
  if (!who) return std::unexpected(who.error());
  for (const record::ProcessIndex process : *who) {
    const auto& open = wiring.scene.StateAt(process, wiring.at)->descriptors;
    if (descriptor->fd) {
      if (open.contains(*descriptor->fd))
        side.descriptors.push_back({process, *descriptor->fd});
      else
        side.closed = evaluate::Holding{process, *descriptor->fd};
      continue;
    }
    for (const auto& [fd, what] : open) {
      if (evaluate::IsEnd(what, direction)) side.descriptors.push_back({process, fd});
    }
  }
  return side;
}

bool Carries(const Wiring& wiring, int number) {
  const record::Object* object = wiring.scene.recording().object(number);
  if (object == nullptr) return false;
  if (wiring.via == "any") return true;
  if (wiring.via == "pipe") return object->kind == ObjectKind::kPipe;
  if (wiring.via == "fifo") return object->kind == ObjectKind::kFifo;
  if (wiring.via == "socket") return object->kind == ObjectKind::kSocket;
  return object->kind == ObjectKind::kFile;
}

// Whether what is written into `from` comes out of `to`.
bool AreOneThing(const Wiring& wiring, int from, int to) {
  return from == to || evaluate::OtherEndOf(wiring.scene, from, wiring.at) == to;
}

bool Joins(const Wiring& wiring, const evaluate::Holding& from, const evaluate::Holding& to,
           End from_end, End to_end) {
  const record::Descriptor& writer = wiring.Of(from);
  const record::Descriptor& reader = wiring.Of(to);
  return evaluate::IsEnd(writer, from_end) && evaluate::IsEnd(reader, to_end) &&
         Carries(wiring, writer.object) && AreOneThing(wiring, writer.object, reader.object);
}

bool LeadsTo(const Wiring& wiring, const evaluate::Holding& holding,
             const std::vector<int>& objects, End end) {
  const record::Descriptor& descriptor = wiring.Of(holding);
  return evaluate::IsEnd(descriptor, end) && Carries(wiring, descriptor.object) &&
         std::ranges::find(objects, descriptor.object) != objects.end();
}

// Each process that the edge names needs a descriptor that is joined to one of the other side.
bool AllJoined(const Wiring& wiring, const Side& side, const Side& other, End end) {
  std::map<record::ProcessIndex, bool> joined;
  for (const evaluate::Holding& mine : side.descriptors) {
    bool& ok = joined[mine.process];
    if (other.named) {
      ok = ok || LeadsTo(wiring, mine, other.objects, end);
      continue;
    }
    ok = ok || std::ranges::any_of(other.descriptors, [&](const evaluate::Holding& theirs) {
           return end == End::kWrite ? Joins(wiring, mine, theirs, End::kWrite, End::kRead)
                                     : Joins(wiring, theirs, mine, End::kWrite, End::kRead);
         });
  }
  return !joined.empty() &&
         std::ranges::all_of(joined, [](const auto& entry) { return entry.second; });
}

bool IsSwapped(const Wiring& wiring, const Side& from, const Side& to) {
  for (const evaluate::Holding& writer : from.descriptors) {
    for (const evaluate::Holding& reader : to.descriptors) {
      if (Joins(wiring, writer, reader, End::kRead, End::kWrite)) return true;
    }
  }
  return false;
}

std::vector<evaluate::Message> WhereItLeads(const Wiring& wiring, const Side& side) {
  std::vector<evaluate::Message> evidence;
  if (side.closed) {
    evidence.push_back(Msg(
        "Descriptor {fd} of {who} is closed.",
        {{"fd", side.closed->fd}, {"who", wiring.scene.NameOf(side.closed->process, &wiring.at)}}));
  }
  for (const evaluate::Holding& holding : side.descriptors) {
    if (evidence.size() == 6) break;
    const record::Descriptor& descriptor = wiring.Of(holding);
    const evaluate::Message object = wiring.scene.NameOfObject(descriptor.object, wiring.at);
    const evaluate::Message who = wiring.scene.NameOf(holding.process, &wiring.at);
    if (descriptor.readable && descriptor.writable) {
      evidence.push_back(Msg("Descriptor {fd} of {who} reads and writes {object}.",
                             {{"fd", holding.fd}, {"who", who}, {"object", object}}));
    } else {
      evidence.push_back(descriptor.writable
                             ? Msg("Descriptor {fd} of {who} writes to {object}.",
                                   {{"fd", holding.fd}, {"who", who}, {"object", object}})
                             : Msg("Descriptor {fd} of {who} reads from {object}.",
                                   {{"fd", holding.fd}, {"who", who}, {"object", object}}));
    }
  }
  return evidence;
}

// Whether the writing side leads somewhere on purpose: to a file of its own or into a pipe that
// somebody else reads.
bool LeadsElsewhere(const Wiring& wiring, const Side& from, const Side& to) {
  if (to.named) return !from.descriptors.empty();
  if (from.named) return !to.descriptors.empty();
  return std::ranges::any_of(from.descriptors, [&](const evaluate::Holding& writer) {
    const int object = wiring.Of(writer).object;
    const record::Object* what = wiring.scene.recording().object(object);
    if (what == nullptr || !what->role.empty()) return false;
    if (what->kind == ObjectKind::kFile) return true;
    return std::ranges::any_of(
        evaluate::Holders(wiring.at, object, End::kRead),
        [&](const evaluate::Holding& reader) { return reader.process != writer.process; });
  });
}

evaluate::Finding WrongEdge(const Wiring& wiring, const spec::Edge& edge, const Side& from,
                            const Side& to) {
  evaluate::Finding finding;
  finding.evidence = WhereItLeads(wiring, from);
  std::ranges::move(WhereItLeads(wiring, to), std::back_inserter(finding.evidence));
  const std::vector<evaluate::Argument> wanted{{"edge", Escaped(edge.text)}};
  if (IsSwapped(wiring, from, to)) {
    finding.code = "swapped";
    finding.what = Msg("{edge} is joined the wrong way round.", wanted);
    finding.why =
        Msg("The two ends of the pipe are exchanged: element 0 is read, element 1 is written.");
    finding.next = Msg("Exchange the two ends in the calls of dup2().");
  } else if (LeadsElsewhere(wiring, from, to)) {
    finding.code = "wrong-target";
    finding.what = Msg("{edge} should be joined, but leads elsewhere.", wanted);
    finding.why =
        Msg("Another pipe or file was put on that descriptor, or by something else than what "
            "should join them.");
    finding.next = Msg(
        "Follow each descriptor from pipe() or open() to dup2(): which process needs which end?");
  } else {
    finding.code = "not-joined";
    finding.what = Msg("{edge} is not joined.", wanted);
    finding.why =
        Msg("The end was not put on that descriptor by dup2() before exec(), or it was closed.");
    finding.next = Msg(
        "Draw the processes and what joins them, and mark the descriptors that each one needs.");
  }
  return finding;
}

evaluate::Judgement JudgeEdge(const Wiring& wiring, const spec::Edge& edge) {
  const auto from = SideOf(wiring, edge.from, End::kWrite);
  if (!from) return from.error();
  const auto to = SideOf(wiring, edge.to, End::kRead);
  if (!to) return to.error();
  const bool joined = !from->closed && !to->closed &&
                      (from->named || AllJoined(wiring, *from, *to, End::kWrite)) &&
                      (to->named || AllJoined(wiring, *to, *from, End::kRead));
  if (joined) return evaluate::Pass{};
  return WrongEdge(wiring, edge, *from, *to);
}

evaluate::Judgement Judge(const evaluate::Scene& scene, const spec::Params& params) {
  const auto at = evaluate::SnapshotAt(scene, params);
  if (!at) return at.error();
  const Wiring wiring{scene, **at, params.Get<std::vector<std::string>>("via").front()};
  for (const spec::Edge& edge : params.Get<std::vector<spec::Edge>>("edges")) {
    const evaluate::Judgement judgement = JudgeEdge(wiring, edge);
    if (!std::holds_alternative<evaluate::Pass>(judgement)) return judgement;
  }
  return evaluate::Pass{};
}

}  // namespace

evaluate::CheckKind Wired() { return evaluate::Observing<Needs, Judge>(Table()); }

}  // namespace plumbline::graders::fds
