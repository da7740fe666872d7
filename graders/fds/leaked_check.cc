// SPDX-License-Identifier: MIT
#include "graders/fds/leaked_check.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <vector>

#include "evaluate/explain.h"
#include "evaluate/parameters.h"
#include "evaluate/plumbing.h"
#include "evaluate/reach.h"
#include "evaluate/spare.h"

namespace plumbline::graders::fds {
namespace {

spec::KindTable Table() {
  return {.name = "fds.leaked",
          .doc = "Passes when none holds a pipe end or socket that it never uses again.",
          .params = {evaluate::AtParam(), evaluate::WhoParam()},
          .findings = {{"pipe-end-kept", "An end of a pipe stays open and is never used again."},
                       {"socket-kept", "A socket stays open and is never used again."},
                       evaluate::NobodyFinding()}};
}

std::set<record::Facet> Needs(const spec::Params&) {
  return {record::Facet::kDescriptors, record::Facet::kTransfers, record::Facet::kSockets};
}

using evaluate::End;
using evaluate::Holding;
using evaluate::Message;
using evaluate::Msg;
using record::ObjectKind;
using record::Snapshot;

bool IsSocket(const record::Object& object) { return object.kind == ObjectKind::kSocket; }

std::vector<Holding> LeakedBy(const evaluate::Scene& scene, record::ProcessIndex process,
                              const Snapshot& at) {
  std::vector<Holding> leaked;
  for (const auto& [fd, descriptor] : scene.StateAt(process, at)->descriptors) {
    if (evaluate::IsSpare(scene, {process, fd}, at)) leaked.push_back({process, fd});
  }
  return leaked;
}

// --- Which of them to tell about first: the write end that keeps a reader from its end of file.

std::optional<record::ProcessIndex> ReaderOf(const evaluate::Scene& scene, const Holding& holding,
                                             const Snapshot& at) {
  const int object = scene.StateAt(holding.process, at)->descriptors.at(holding.fd).object;
  std::optional<record::ProcessIndex> reader;
  for (const Holding& other : evaluate::Holders(at, object, End::kRead)) {
    if (!reader || other.fd == 0) reader = other.process;
  }
  return reader;
}

bool IsWriteEnd(const evaluate::Scene& scene, const Holding& holding, const Snapshot& at) {
  return scene.StateAt(holding.process, at)->descriptors.at(holding.fd).writable;
}

const Holding& Worst(const evaluate::Scene& scene, const std::vector<Holding>& leaked,
                     const Snapshot& at) {
  const auto write_end = std::ranges::find_if(leaked, [&](const Holding& holding) {
    return IsWriteEnd(scene, holding, at) && ReaderOf(scene, holding, at).has_value();
  });
  return write_end == leaked.end() ? leaked.front() : *write_end;
}

// --- The finding.

Message OneMore(const evaluate::Scene& scene, const Holding& holding, const Snapshot& at) {
  const auto& descriptor = scene.StateAt(holding.process, at)->descriptors.at(holding.fd);
  const Message who = scene.NameOf(holding.process, &at);
  const Message object = scene.NameOfObject(descriptor.object, at);
  if (IsSocket(*scene.recording().object(descriptor.object))) {
    return Msg("{who} also keeps descriptor {fd}: {object}.",
               {{"who", who}, {"fd", holding.fd}, {"object", object}});
  }
  return descriptor.writable ? Msg("{who} also keeps descriptor {fd}, the write end of {object}.",
                                   {{"who", who}, {"fd", holding.fd}, {"object", object}})
                             : Msg("{who} also keeps descriptor {fd}, the read end of {object}.",
                                   {{"who", who}, {"fd", holding.fd}, {"object", object}});
}

// "sort (process 5) never sees end of file" and the like.
Message Consequence(const evaluate::Scene& scene, const Holding& holding, const Snapshot& at) {
  if (!IsWriteEnd(scene, holding, at)) {
    return Msg("As long as a read end is open, nobody tells a writer that its reader has gone.");
  }
  const auto reader = ReaderOf(scene, holding, at);
  if (!reader) return Msg("As long as it is open, a reader never sees end of file.");
  if (*reader == holding.process) {
    return Msg("{reader} holds it itself, so that it never sees end of file.",
               {{"reader", scene.NameOf(*reader, &at)}});
  }
  return Msg("As long as it is open, {reader} never sees end of file.",
             {{"reader", scene.NameOf(*reader, &at)}});
}

void AddOrigin(const evaluate::Scene& scene, const Holding& holding, int object, const Snapshot& at,
               evaluate::Finding& finding) {
  const Message origin = evaluate::OriginOf(scene, object, at);
  const auto* maker = evaluate::MakerOf(scene, object);
  if (!origin.empty()) {
    finding.evidence.push_back(Msg("It was made by {origin}.", {{"origin", origin}}));
    finding.location = maker->where;
  }
  if (maker != nullptr && evaluate::GotBy(scene, holding, object, at) == nullptr) {
    finding.evidence.push_back(
        Msg("{who} was born with it.", {{"who", scene.NameOf(holding.process, &at)}}));
  }
}

Message KeptEnd(const evaluate::Scene& scene, const Holding& holding,
                const record::Descriptor& descriptor, const Snapshot& at) {
  const Message who = scene.NameOf(holding.process, &at);
  const Message object = scene.NameOfObject(descriptor.object, at);
  return descriptor.writable ? Msg("{who} still holds descriptor {fd}, the write end of {object}, "
                                   "and never uses it again.",
                                   {{"who", who}, {"fd", holding.fd}, {"object", object}})
                             : Msg("{who} still holds descriptor {fd}, the read end of {object}, "
                                   "and never uses it again.",
                                   {{"who", who}, {"fd", holding.fd}, {"object", object}});
}

evaluate::Finding PipeEndKept(const evaluate::Scene& scene, const Holding& holding,
                              const Snapshot& at) {
  const auto& descriptor = scene.StateAt(holding.process, at)->descriptors.at(holding.fd);
  evaluate::Finding finding{.code = "pipe-end-kept",
                            .what = KeptEnd(scene, holding, descriptor, at),
                            .why = Consequence(scene, holding, at)};
  AddOrigin(scene, holding, descriptor.object, at, finding);
  const Message who = scene.NameOf(holding.process, &at);
  const bool made_it = evaluate::GotBy(scene, holding, descriptor.object, at) != nullptr;
  finding.next =
      made_it
          ? Msg("Close descriptor {fd} in {who} after fork().", {{"fd", holding.fd}, {"who", who}})
          : Msg("Close descriptor {fd} in {who} before it goes on, before exec() too.",
                {{"fd", holding.fd}, {"who", who}});
  return finding;
}

evaluate::Finding SocketKept(const evaluate::Scene& scene, const Holding& holding,
                             const Snapshot& at) {
  const int object = scene.StateAt(holding.process, at)->descriptors.at(holding.fd).object;
  const Message who = scene.NameOf(holding.process, &at);
  evaluate::Finding finding{
      .code = "socket-kept",
      .what = Msg("{who} still holds descriptor {fd}, {object}, and never uses it again.",
                  {{"who", who}, {"fd", holding.fd}, {"object", scene.NameOfObject(object, at)}}),
      .why = Msg("A connection ends for the other side only when the last copy of its socket is "
                 "closed; a port stays taken as long as one listens.")};
  AddOrigin(scene, holding, object, at, finding);
  finding.next =
      Msg("Close descriptor {fd} in {who}: after fork(), the parent closes the connection and the "
          "child the socket that listens.",
          {{"fd", holding.fd}, {"who", who}});
  return finding;
}

evaluate::Finding Tell(const evaluate::Scene& scene, const std::vector<Holding>& leaked,
                       const Snapshot& at) {
  const Holding& worst = Worst(scene, leaked, at);
  const int object = scene.StateAt(worst.process, at)->descriptors.at(worst.fd).object;
  evaluate::Finding finding = IsSocket(*scene.recording().object(object))
                                  ? SocketKept(scene, worst, at)
                                  : PipeEndKept(scene, worst, at);
  for (const Holding& other : leaked) {
    if (&other == &worst || finding.evidence.size() == 8) continue;
    finding.evidence.push_back(OneMore(scene, other, at));
  }
  if (evaluate::Hung(scene)) {
    std::ranges::move(evaluate::EvidenceOfEnd(scene), std::back_inserter(finding.evidence));
  }
  return finding;
}

evaluate::Judgement Judge(const evaluate::Scene& scene, const spec::Params& params) {
  const auto at = evaluate::SnapshotAt(scene, params);
  if (!at) return at.error();
  const auto who = evaluate::Everybody(scene, params.Get<spec::WhoList>("who"), *at);
  if (!who) return who.error();
  std::vector<Holding> leaked;
  for (const record::ProcessIndex process : *who) {
    std::ranges::move(LeakedBy(scene, process, **at), std::back_inserter(leaked));
  }
  if (leaked.empty()) return evaluate::Pass{};
  return Tell(scene, leaked, **at);
}

}  // namespace

evaluate::CheckKind Leaked() { return evaluate::Observing<Needs, Judge>(Table()); }

}  // namespace plumbline::graders::fds
