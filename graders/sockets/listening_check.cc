// SPDX-License-Identifier: MIT
#include "graders/sockets/listening_check.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "base/text.h"
#include "evaluate/addresses.h"
#include "evaluate/parameters.h"
#include "evaluate/reach.h"

namespace plumbline::graders::sockets {
namespace {

spec::KindTable Table() {
  return {.name = "sockets.listening",
          .doc = "Passes when the processes listen so.",
          .params = {evaluate::AtParam(),
                     evaluate::WhoParam(),
                     {.name = "port",
                      .type = spec::ParamType::kPorts,
                      .doc = "A TCP port, or a list of them."},
                     {.name = "path",
                      .type = spec::ParamType::kPath,
                      .doc = "The path of a UNIX socket."},
                     {.name = "address",
                      .type = spec::ParamType::kString,
                      .doc = "The only address that it may listen on."},
                     evaluate::Defaulting({.name = "exactly",
                                           .type = spec::ParamType::kBool,
                                           .doc = "Whether nothing else may be listened on."},
                                          "false")},
          .findings = {{"not-listening", "Nobody listens there."},
                       {"wrong-address", "It listens on another address."},
                       {"extra-port", "It listens on another port too."},
                       evaluate::NobodyFinding()},
          .one_of = {"port", "path"}};
}

std::set<record::Facet> Needs(const spec::Params&) {
  return {record::Facet::kSockets, record::Facet::kDescriptors};
}

using evaluate::Msg;
using record::SocketState;

struct Listener {
  int object = 0;
  const SocketState* state = nullptr;
};
using Sockets = std::vector<Listener>;

Sockets ListeningOf(const evaluate::Scene& scene, const std::vector<record::ProcessIndex>& who,
                    const record::Snapshot& at) {
  Sockets found;
  for (const record::ProcessIndex process : who) {
    for (const auto& [fd, descriptor] : scene.StateAt(process, at)->descriptors) {
      const auto it = at.sockets.find(descriptor.object);
      if (it == at.sockets.end() || !it->second.listening) continue;
      if (std::ranges::find(found, it->first, &Listener::object) == found.end()) {
        found.push_back({it->first, &it->second});
      }
    }
  }
  return found;
}

int64_t PortOf(const SocketState& socket) { return evaluate::PortOf(socket.local).value_or(-1); }

bool IsInet(const SocketState& socket) { return socket.family != "unix"; }

bool IsOn(const Listener& socket, int64_t port) {
  return IsInet(*socket.state) && PortOf(*socket.state) == port;
}

bool AnyOn(const Sockets& sockets, int64_t port) {
  return std::ranges::any_of(sockets, [&](const Listener& socket) { return IsOn(socket, port); });
}

int64_t Swapped(int64_t port) { return ((port & 0xff) << 8) | ((port >> 8) & 0xff); }

evaluate::Message AddressOf(const evaluate::Scene& scene, const Listener& socket) {
  return scene.ListeningAddress(socket.object, *socket.state);
}

std::vector<evaluate::Message> WhatListens(const evaluate::Scene& scene, const Sockets& sockets) {
  std::vector<evaluate::Message> evidence;
  for (const Listener& socket : sockets) {
    if (evidence.size() == 6) break;
    evidence.push_back(Msg("It listens on {address}.", {{"address", AddressOf(scene, socket)}}));
  }
  return evidence;
}

// The mistake of others that looks the same: somebody else listens there.
evaluate::Message ElsewhereOn(const evaluate::Scene& scene, const record::Snapshot& at,
                              int64_t port) {
  for (const record::ProcessStateAt& state : at.processes) {
    if (!AnyOn(ListeningOf(scene, {state.process}, at), port)) continue;
    return Msg("{who} listens there.", {{"who", scene.NameOf(state.process, &at)}});
  }
  return {};
}

evaluate::Finding NotListening(const evaluate::Scene& scene, const Sockets& sockets, int64_t port,
                               const record::Snapshot& at) {
  evaluate::Finding finding{
      .code = "not-listening",
      .what = Msg("At '{snapshot}' it does not listen on port {port}.",
                  {{"snapshot", at.name}, {"port", port}}),
      .evidence = WhatListens(scene, sockets),
      .why = Msg("socket(), bind() or listen() was not reached or failed, or it has ended."),
      .next = Msg("Check what each of the three calls returns.")};
  if (auto other = ElsewhereOn(scene, at, port); !other.empty()) finding.evidence.push_back(other);
  if (AnyOn(sockets, Swapped(port))) {
    finding.why =
        Msg("{port} is that port with its two bytes exchanged.", {{"port", Swapped(port)}});
    finding.next = Msg("Give the port to bind() through htons().");
  }
  return finding;
}

evaluate::Finding WrongAddress(const evaluate::Message& address, const std::string& wanted) {
  return {.code = "wrong-address",
          .what = Msg("It listens on {address}, and should on {wanted} alone.",
                      {{"address", address}, {"wanted", Escaped(wanted)}}),
          .why = Msg("0.0.0.0 (INADDR_ANY, the empty host) is every address of the machine, those "
                     "that others reach too."),
          .next = Msg("Give bind() the address that was asked for.")};
}

std::optional<evaluate::Finding> JudgePorts(const evaluate::Scene& scene,
                                            const spec::Params& params, const Sockets& sockets,
                                            const record::Snapshot& at) {
  const auto* ports = params.Find<std::vector<int64_t>>("port");
  if (ports == nullptr) return std::nullopt;
  const auto* address = params.Find<std::string>("address");
  for (const int64_t port : *ports) {
    if (!AnyOn(sockets, port)) return NotListening(scene, sockets, port, at);
    for (const Listener& socket : sockets) {
      if (!IsOn(socket, port) || address == nullptr) continue;
      if (evaluate::IpOf(socket.state->local) == *address) continue;
      return WrongAddress(AddressOf(scene, socket), *address);
    }
  }
  return std::nullopt;
}

bool IsAt(const evaluate::Scene& scene, const SocketState& socket, const std::string& path) {
  return !IsInet(socket) && scene.AbsolutePath(socket.local) == scene.AbsolutePath(path);
}

std::optional<evaluate::Finding> JudgePath(const evaluate::Scene& scene, const spec::Params& params,
                                           const Sockets& sockets, const record::Snapshot& at) {
  const auto* path = params.Find<std::string>("path");
  if (path == nullptr) return std::nullopt;
  const bool listens = std::ranges::any_of(
      sockets, [&](const Listener& socket) { return IsAt(scene, *socket.state, *path); });
  if (listens) return std::nullopt;
  return evaluate::Finding{
      .code = "not-listening",
      .what = Msg("At '{snapshot}' it does not listen at {path}.",
                  {{"snapshot", at.name}, {"path", Escaped(*path)}}),
      .evidence = WhatListens(scene, sockets),
      .why = Msg("socket(), bind() or listen() was not reached or failed, or it has ended."),
      .next = Msg("Check what each call returns; bind() fails where a file already is.")};
}

std::optional<evaluate::Finding> JudgeOthers(const evaluate::Scene& scene,
                                             const spec::Params& params, const Sockets& sockets) {
  if (!params.Get<bool>("exactly")) return std::nullopt;
  const auto* ports = params.Find<std::vector<int64_t>>("port");
  const auto* path = params.Find<std::string>("path");
  for (const Listener& socket : sockets) {
    const int64_t port = IsInet(*socket.state) ? PortOf(*socket.state) : -1;
    const bool wanted_port = ports != nullptr && std::ranges::find(*ports, port) != ports->end();
    if (wanted_port || (path != nullptr && IsAt(scene, *socket.state, *path))) continue;
    return evaluate::Finding{
        .code = "extra-port",
        .what = Msg("It also listens on {address}.", {{"address", AddressOf(scene, socket)}}),
        .next = Msg("Close each socket that should no longer listen.")};
  }
  return std::nullopt;
}

evaluate::Judgement Judge(const evaluate::Scene& scene, const spec::Params& params) {
  const auto at = evaluate::SnapshotAt(scene, params);
  if (!at) return at.error();
  const auto who = evaluate::Everybody(scene, params.Get<spec::WhoList>("who"), *at);
  if (!who) return who.error();
  const Sockets sockets = ListeningOf(scene, *who, **at);
  if (auto finding = JudgePorts(scene, params, sockets, **at)) return *finding;
  if (auto finding = JudgePath(scene, params, sockets, **at)) return *finding;
  if (auto finding = JudgeOthers(scene, params, sockets)) return *finding;
  return evaluate::Pass{};
}

}  // namespace

evaluate::CheckKind Listening() { return evaluate::Observing<Needs, Judge>(Table()); }

}  // namespace plumbline::graders::sockets
