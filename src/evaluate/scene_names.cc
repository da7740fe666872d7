// SPDX-License-Identifier: MIT
// Scene: what processes and objects are called for people.
#include <algorithm>
#include <functional>
#include <string_view>

#include "base/file_name.h"
#include "base/text.h"
#include "evaluate/addresses.h"
#include "evaluate/scene.h"

namespace plumbline::evaluate {
namespace {

using record::Descriptor;
using record::ObjectKind;
using record::ProcessIndex;
using record::ProcessStateAt;
using record::Snapshot;
using Processes = std::vector<ProcessIndex>;

bool Writes(const Descriptor& descriptor) { return descriptor.writable; }
bool Reads(const Descriptor& descriptor) { return descriptor.readable; }

}  // namespace

std::string Scene::ProgramOf(ProcessIndex process, const Snapshot* at) const {
  if (at != nullptr) {
    const ProcessStateAt* state = StateAt(process, *at);
    if (state != nullptr && !state->program.empty()) return state->program;
  }
  const std::string* path = PathRunAt(process, at);
  return path == nullptr ? "" : std::string(FileName(*path));
}

Message Scene::NameOf(ProcessIndex process, const Snapshot* at) const {
  return PlainNameOf(process, at, true);
}

Message Scene::ShortNameOf(ProcessIndex process, const Snapshot* at) const {
  return PlainNameOf(process, at, false);
}

Message Scene::PlainNameOf(ProcessIndex process, const Snapshot* at, bool with_pid) const {
  if (process < 0 || static_cast<size_t>(process) >= recording_.processes.size()) {
    return Msg("the grader");
  }
  const record::Process& self = recording_.processes[static_cast<size_t>(process)];
  const int pid = self.pid.value;
  if (self.started_as == "submission") {
    return with_pid ? Msg("your program (process {pid})", {{"pid", pid}}) : Msg("your program");
  }
  std::string word = self.started_as;
  if (word.empty()) {
    // A child that was born of another program than it runs has its own name.
    const std::string mine = ProgramOf(process, at);
    const auto& runs = programs_[static_cast<size_t>(process)];
    const bool executed = std::ranges::any_of(runs, [&](const Running& running) {
      const record::Event& event = recording_.events[static_cast<size_t>(running.event)];
      return event.actor == process && (at == nullptr || running.event < at->event);
    });
    const bool differs = self.parent >= 0 && !mine.empty() && mine != ProgramOf(self.parent, at);
    if (executed || differs) word = mine;
  }
  if (!word.empty()) {
    const std::string name = Escaped(word);
    return with_pid ? Msg("{program} (process {pid})", {{"program", name}, {"pid", pid}})
                    : Msg("{program}", {{"program", name}});
  }
  if (self.parent < 0 || self.parent >= process) return Msg("process {pid}", {{"pid", pid}});
  const Processes siblings = ChildrenOf(self.parent);
  const auto number = std::ranges::find(siblings, process) - siblings.begin() + 1;
  const Message parent = PlainNameOf(self.parent, at, false);
  return with_pid ? Msg("child {n} of {parent} (process {pid})",
                        {{"n", number}, {"parent", parent}, {"pid", pid}})
                  : Msg("child {n} of {parent}", {{"n", number}, {"parent", parent}});
}

// "the pipe from cat to sort" if one process writes and another reads there: by the standard
// descriptors alone, which is where a pipeline has its ends, or by whoever holds the ends.
std::optional<Message> Scene::PipeBetween(int object, const Snapshot& at, Ends ends) const {
  const auto only_holder = [&](auto&& end, int most_fd) -> std::optional<ProcessIndex> {
    Processes found;
    for (const ProcessStateAt& state : at.processes) {
      for (const auto& [fd, descriptor] : state.descriptors) {
        if (descriptor.object == object && end(descriptor) && fd <= most_fd) {
          found.push_back(state.process);
          break;
        }
      }
    }
    if (found.size() != 1) return std::nullopt;
    return found[0];
  };
  const auto holder = [&](auto&& end) {
    const auto standard = only_holder(end, 2);
    return standard || ends == Ends::kStandard ? standard : only_holder(end, 1 << 20);
  };
  const auto writer = holder(Writes);
  const auto reader = holder(Reads);
  if (!writer || !reader || *writer == *reader) return std::nullopt;
  return Msg("the pipe from {writer} to {reader}", {{"writer", PlainNameOf(*writer, &at, false)},
                                                    {"reader", PlainNameOf(*reader, &at, false)}});
}

// Who holds the ends of a pipe changes while it runs, its name must not: it is that of the last
// snapshot in which it was a pipeline's, or else of the last that tells.
std::optional<Message> Scene::NameOfPipe(int object) const {
  std::vector<const Snapshot*> views;
  for (const auto& [name, snapshot] : recording_.snapshots) views.push_back(&snapshot);
  std::ranges::stable_sort(views, std::greater(), &Snapshot::event);
  for (const Ends ends : {Ends::kStandard, Ends::kAny}) {
    for (const Snapshot* view : views) {
      if (auto named = PipeBetween(object, *view, ends)) return named;
    }
  }
  return std::nullopt;
}

namespace {

Message NameOfRole(const record::Object& object, bool is_connection) {
  const std::string role = Escaped(object.role);
  if (object.role == "stdin") return Msg("the standard input");
  if (object.role == "submission.stdout") return Msg("the standard output");
  if (object.role == "submission.stderr") return Msg("the standard error");
  if (object.role == "terminal") return Msg("the terminal");
  if (is_connection) return Msg("the connection '{name}'", {{"name", role}});
  return Msg("'{stream}'", {{"stream", role}});
}

}  // namespace

Message Scene::ListeningAddress(int object, const record::SocketState& socket) const {
  const auto port = socket.family == "unix" ? std::nullopt : PortOf(socket.local);
  const auto binds_it = [&](const record::Event& event) {
    const auto* call = std::get_if<record::Call>(&event.what);
    if (call == nullptr || call->name != "bind" || call->object != object) return false;
    return std::ranges::any_of(call->args,
                               [&](const auto& arg) { return PortOf(arg.second) == port; });
  };
  if (!port || std::ranges::any_of(recording_.events, binds_it)) {
    return Msg("{address}", {{"address", Escaped(socket.local)}});
  }
  return Msg("{ip} at a port that the kernel chose", {{"ip", Escaped(IpOf(socket.local))}});
}

// By the side whose port was chosen by the program: the other one differs from run to run.
Message Scene::NameOfConnected(int number, const record::SocketState& state) const {
  const auto made_by_accept = [&](const record::Event& event) {
    const auto* call = std::get_if<record::Call>(&event.what);
    return call != nullptr && call->family == "accept" && call->made_object == number;
  };
  if (std::ranges::any_of(recording_.events, made_by_accept) && !state.local.empty()) {
    return Msg("a connection that came in at {address}", {{"address", Escaped(state.local)}});
  }
  if (state.remote.empty()) return Msg("a socket");
  return Msg("the socket to {address}", {{"address", Escaped(state.remote)}});
}

// As the program would write it, for people.
std::string Scene::FromWorkingDirectory(const std::string& path) const {
  const std::string cwd = InWorkingDirectory(".");
  return Escaped(path.starts_with(cwd + "/") ? path.substr(cwd.size() + 1) : path);
}

Message Scene::NameOfFifo(const std::string& path) const {
  return Msg("the FIFO {path}", {{"path", FromWorkingDirectory(path)}});
}

Message Scene::NameOfObject(int number, const Snapshot& at) const {
  const record::Object* object = recording_.object(number);
  if (object == nullptr) return Msg("something unknown");
  if (!object->role.empty()) {
    return NameOfRole(*object, recording_.connections.contains(object->role));
  }
  const std::string name = FromWorkingDirectory(object->name);
  switch (object->kind) {
    case ObjectKind::kPipe:
      break;
    case ObjectKind::kFifo:
      return NameOfFifo(object->name);
    case ObjectKind::kTerminal:
      return Msg("the terminal");
    case ObjectKind::kSocket: {
      const auto socket = at.sockets.find(number);
      if (socket == at.sockets.end()) return Msg("a socket");
      const record::SocketState& state = socket->second;
      if (state.listening)
        return Msg("the socket that listens on {address}",
                   {{"address", ListeningAddress(number, state)}});
      return NameOfConnected(number, state);
    }
    default:
      return Msg("{path}", {{"path", name}});
  }
  if (auto named = NameOfPipe(number)) return *named;
  for (const record::Event& event : recording_.events) {
    const auto* call = std::get_if<record::Call>(&event.what);
    if (call == nullptr || call->family != "pipe" || call->made_object != number) continue;
    return Msg("the pipe that {who} made as descriptors {read} and {write}",
               {{"who", PlainNameOf(event.actor, &at, false)},
                {"read", call->made_fd},
                {"write", call->made_fd2}});
  }
  return Msg("a pipe");
}

}  // namespace plumbline::evaluate
