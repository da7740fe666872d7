// SPDX-License-Identifier: MIT
#include "evaluate/plumbing.h"

#include <algorithm>
#include <map>

#include "base/text.h"
#include "evaluate/reach.h"

namespace plumbline::evaluate {

using record::Call;
using record::Snapshot;

bool IsEnd(const record::Descriptor& descriptor, End end) {
  return end == End::kRead ? descriptor.readable : descriptor.writable;
}

std::vector<Holding> Holders(const Snapshot& at, int object, End end) {
  std::vector<Holding> holders;
  for (const record::ProcessStateAt& state : at.processes) {
    for (const auto& [fd, descriptor] : state.descriptors) {
      if (descriptor.object == object && IsEnd(descriptor, end)) {
        holders.push_back({state.process, fd});
      }
    }
  }
  return holders;
}

namespace {

int OtherOfPair(const Scene& scene, int object) {
  for (const record::Event& event : scene.recording().events) {
    const auto* call = std::get_if<Call>(&event.what);
    if (call == nullptr || call->name != "socketpair" || call->error != 0) continue;
    if (call->made_object == object) return call->made_object2;
    if (call->made_object2 == object) return call->made_object;
  }
  return 0;
}

int OtherOfConnection(int object, const Snapshot& at) {
  const auto mine = at.sockets.find(object);
  if (mine == at.sockets.end() || mine->second.local.empty() || mine->second.remote.empty()) {
    return 0;
  }
  for (const auto& [other, socket] : at.sockets) {
    const bool crossed = socket.local == mine->second.remote && socket.remote == mine->second.local;
    if (other != object && crossed) return other;
  }
  return 0;
}

bool Makes(const Call& call, int object) {
  return call.error == 0 && (call.made_object == object || call.made_object2 == object);
}

}  // namespace

int OtherEndOf(const Scene& scene, int object, const Snapshot& at) {
  const int pair = OtherOfPair(scene, object);
  return pair != 0 ? pair : OtherOfConnection(object, at);
}

const record::Event* MakerOf(const Scene& scene, int object) {
  for (const record::Event& event : scene.recording().events) {
    const auto* call = std::get_if<Call>(&event.what);
    if (call != nullptr && object != 0 && Makes(*call, object)) return &event;
  }
  return nullptr;
}

const record::Event* GotBy(const Scene& scene, const Holding& holding, int object,
                           const Snapshot& at) {
  const record::Event* got = nullptr;
  for (const record::Event& event : EventsUntil(scene, &at)) {
    const auto* call = std::get_if<Call>(&event.what);
    if (call == nullptr || event.actor != holding.process || !Makes(*call, object)) continue;
    if (call->made_fd == holding.fd || call->made_fd2 == holding.fd) got = &event;
  }
  return got;
}

std::string PlaceOf(const record::Location& where) {
  return Escaped(where.file) + ":" + std::to_string(where.line);
}

std::string CallAsWritten(const std::string& call) {
  static const std::map<std::string, std::string> names{{"pipe2", "pipe"},
                                                        {"dup3", "dup2"},
                                                        {"accept4", "accept"},
                                                        {"openat", "open"},
                                                        {"wait4", "wait"},
                                                        {"clock_nanosleep", "nanosleep"},
                                                        {"pselect6", "select"},
                                                        {"epoll_pwait", "epoll_wait"},
                                                        {"ppoll", "poll"},
                                                        {"pread64", "pread"},
                                                        {"pwrite64", "pwrite"},
                                                        {"rt_sigaction", "sigaction"},
                                                        {"rt_sigprocmask", "sigprocmask"},
                                                        {"rt_sigsuspend", "sigsuspend"},
                                                        {"recvfrom", "recv"},
                                                        {"sendto", "send"},
                                                        {"rt_sigtimedwait", "sigwait"}};
  const auto it = names.find(call);
  return it == names.end() ? call : it->second;
}

Message OriginOf(const Scene& scene, int object, const Snapshot& at) {
  const record::Event* maker = MakerOf(scene, object);
  if (maker == nullptr) return {};
  const std::string call = CallAsWritten(std::get<Call>(maker->what).name);
  if (maker->where) {
    return Msg("{call}() at {place}", {{"call", call}, {"place", PlaceOf(*maker->where)}});
  }
  return Msg("{call}() in {who}", {{"call", call}, {"who", scene.NameOf(maker->actor, &at)}});
}

Message StillHolds(const Scene& scene, const Holding& holding, int object, End end,
                   const Snapshot& at) {
  const Message who = scene.NameOf(holding.process, &at);
  const Message thing = scene.NameOfObject(object, at);
  const Message origin = OriginOf(scene, object, at);
  if (end == End::kWrite) {
    return origin.empty()
               ? Msg("{who} still holds the write end of {pipe}, descriptor {fd}.",
                     {{"who", who}, {"pipe", thing}, {"fd", holding.fd}})
               : Msg("{who} still holds the write end of {pipe}, descriptor {fd}, made by "
                     "{origin}.",
                     {{"who", who}, {"pipe", thing}, {"fd", holding.fd}, {"origin", origin}});
  }
  return origin.empty()
             ? Msg("{who} still holds the read end of {pipe}, descriptor {fd}.",
                   {{"who", who}, {"pipe", thing}, {"fd", holding.fd}})
             : Msg("{who} still holds the read end of {pipe}, descriptor {fd}, made by {origin}.",
                   {{"who", who}, {"pipe", thing}, {"fd", holding.fd}, {"origin", origin}});
}

}  // namespace plumbline::evaluate
