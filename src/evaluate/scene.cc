// SPDX-License-Identifier: MIT
#include "evaluate/scene.h"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <set>

#include "base/text.h"
#include "spec/notation.h"

namespace plumbline::evaluate {
namespace {

using record::Descriptor;
using record::ObjectKind;
using record::ProcessIndex;
using record::ProcessStateAt;
using record::Snapshot;
using spec::Who;
using Processes = std::vector<ProcessIndex>;

std::string_view FileName(std::string_view path) {
  return path.substr(path.rfind('/') + 1);  // npos + 1 is 0
}

void SortOnce(Processes& processes) {
  std::ranges::sort(processes);
  processes.erase(std::ranges::unique(processes).begin(), processes.end());
}

bool Contains(const std::vector<int>& numbers, int n) {
  return std::ranges::find(numbers, n) != numbers.end();
}

std::optional<int> WholeNumber(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || text.empty()) return std::nullopt;
  return value;
}

// "127.0.0.1:7" and "[::1]:7": the port after the last colon.
std::optional<int> PortOf(std::string_view address) {
  const size_t colon = address.rfind(':');
  return colon == std::string_view::npos ? std::nullopt : WholeNumber(address.substr(colon + 1));
}
std::string IpOf(std::string_view address) {
  std::string_view ip = address.substr(0, address.rfind(':'));
  if (ip.starts_with('[') && ip.ends_with(']')) ip = ip.substr(1, ip.size() - 2);
  return std::string(ip);
}

// The text up to the last '.', and what follows it.
std::optional<std::pair<std::string, std::string>> SplitAtLastDot(const std::string& text) {
  const size_t dot = text.rfind('.');
  if (dot == std::string::npos || dot == 0) return std::nullopt;
  return std::pair{text.substr(0, dot), text.substr(dot + 1)};
}

bool Writes(const Descriptor& descriptor) { return descriptor.writable; }
bool Reads(const Descriptor& descriptor) { return descriptor.readable; }

}  // namespace

Scene::Scene(const spec::Exercise& exercise, const record::Recording& recording,
             std::vector<const record::Recording*> all_runs)
    : exercise_(exercise),
      recording_(recording),
      all_runs_(std::move(all_runs)),
      programs_(recording.processes.size()) {
  const auto known = [&](ProcessIndex process) {
    return process >= 0 && static_cast<size_t>(process) < programs_.size();
  };
  for (size_t i = 0; i < recording_.events.size(); ++i) {
    const record::Event& event = recording_.events[i];
    if (!known(event.actor)) continue;
    auto& mine = programs_[static_cast<size_t>(event.actor)];
    if (const auto* exec = std::get_if<record::Executed>(&event.what); exec && exec->error == 0) {
      mine.push_back({static_cast<int>(i), exec->path});
    } else if (const auto* born = std::get_if<record::Born>(&event.what);
               born && known(born->child) && born->child != event.actor && !mine.empty()) {
      programs_[static_cast<size_t>(born->child)].push_back(
          {static_cast<int>(i), mine.back().path});
    }
  }
}

// --- Who is who.

Processes Scene::Resolve(const Who& who, const Snapshot* at) const {
  Processes found = Base(who, who.path.empty() ? at : nullptr);
  for (const Who::Segment& segment : who.path) found = Follow(std::move(found), segment);
  SortOnce(found);
  if (at != nullptr)
    std::erase_if(found, [&](ProcessIndex p) { return StateAt(p, *at) == nullptr; });
  return found;
}

Processes Scene::Resolve(const spec::WhoList& who, const Snapshot* at) const {
  Processes all;
  for (const Who& entry : who) std::ranges::copy(Resolve(entry, at), std::back_inserter(all));
  SortOnce(all);
  return all;
}

const Who* Scene::FirstUnmatched(const spec::WhoList& who, const Snapshot* at) const {
  const auto it =
      std::ranges::find_if(who, [&](const Who& entry) { return Resolve(entry, at).empty(); });
  return it == who.end() ? nullptr : &*it;
}

// A number means the same process at every instant: it counts all that ever matched until then,
// also those that have gone, so that `sleep#2` stays itself when the first ends.
Processes Scene::Base(const Who& who, const Snapshot* at) const {
  switch (who.base) {
    case Who::Base::kSubmission:
      return Numbered(StartedAs("submission"), who.number);
    case Who::Base::kAll:
      return Numbered(Students(), who.number);
    case Who::Base::kName:
      return Numbered(StartedAs(who.word), who.number);
    case Who::Base::kProgram: {
      Processes ran;
      for (ProcessIndex p = 0; static_cast<size_t>(p) < recording_.processes.size(); ++p) {
        if (RanUntil(p, who.word, at)) ran.push_back(p);
      }
      ran = Numbered(std::move(ran), who.number);
      if (at != nullptr) {
        std::erase_if(ran, [&](ProcessIndex p) {
          const ProcessStateAt* state = StateAt(p, *at);
          return state == nullptr || !RunsAt(*state, who.word, *at);
        });
      }
      return ran;
    }
    case Who::Base::kListensPort:
    case Who::Base::kListensPath:
      return Numbered(HoldersOf(ObjectsListening(who, at), at), who.number);
    case Who::Base::kHolds:
      return Numbered(HoldersOf(ObjectsNamed(who.word), at), who.number);
    case Who::Base::kGroup:
      return Numbered(GroupOf(who, at), who.number);
  }
  return {};
}

Processes Scene::StartedAs(const std::string& name) const {
  Processes found;
  for (size_t i = 0; i < recording_.processes.size(); ++i) {
    if (recording_.processes[i].started_as == name) found.push_back(static_cast<ProcessIndex>(i));
  }
  return found;
}

Processes Scene::Students() const {
  Processes found;
  for (size_t i = 0; i < recording_.processes.size(); ++i) {
    const record::Process& process = recording_.processes[i];
    if (!process.peer && !process.internal) found.push_back(static_cast<ProcessIndex>(i));
  }
  return found;
}

Processes Scene::Numbered(Processes all, int number) const {
  SortOnce(all);
  if (number == 0) return all;
  if (static_cast<size_t>(number) > all.size()) return {};
  return {all[static_cast<size_t>(number) - 1]};
}

Processes Scene::Follow(Processes from, const Who::Segment& segment) const {
  Processes found;
  if (segment.step == Who::Step::kDescendants) {
    // Children are born after their parents, so one walk over a growing list meets all.
    std::set<ProcessIndex> seen;
    for (size_t i = 0; i < from.size(); ++i) {
      for (const ProcessIndex child : ChildrenOf(from[i])) {
        if (!seen.insert(child).second) continue;
        from.push_back(child);
        if (!recording_.processes[static_cast<size_t>(child)].internal) found.push_back(child);
      }
    }
    return found;
  }
  for (const ProcessIndex parent : from) {
    Processes children = ChildrenOf(parent);
    std::erase_if(children, [&](ProcessIndex c) {
      return recording_.processes[static_cast<size_t>(c)].internal;
    });
    if (segment.step == Who::Step::kChild) children = Numbered(std::move(children), segment.number);
    std::ranges::copy(children, std::back_inserter(found));
  }
  return found;
}

Processes Scene::ChildrenOf(ProcessIndex parent) const {
  Processes found;
  for (size_t i = 0; i < recording_.processes.size(); ++i) {
    if (recording_.processes[i].parent == parent) found.push_back(static_cast<ProcessIndex>(i));
  }
  return found;
}

bool Scene::RanUntil(ProcessIndex process, const std::string& program,
                     const Snapshot* until) const {
  if (recording_.processes[static_cast<size_t>(process)].internal) return false;
  for (const Running& running : programs_[static_cast<size_t>(process)]) {
    if (until != nullptr && running.event >= until->event) break;
    if (FileName(running.path) == program) return true;
  }
  for (const auto& [name, snapshot] : recording_.snapshots) {
    if (until != nullptr && snapshot.event > until->event) continue;
    const ProcessStateAt* state = StateAt(process, snapshot);
    if (state != nullptr && RunsAt(*state, program, snapshot)) return true;
  }
  return false;
}

// The kernel knows a program by the path that was executed and by the file that this led to (an
// interpreter, the end of a symbolic link): each is a name for it.
bool Scene::RunsAt(const ProcessStateAt& state, const std::string& program,
                   const Snapshot& at) const {
  if (state.program == program || FileName(state.executable) == program) return true;
  const std::string* path = PathRunAt(state.process, &at);
  return path != nullptr && FileName(*path) == program;
}

const std::string* Scene::PathRunAt(ProcessIndex process, const Snapshot* at) const {
  if (process < 0 || static_cast<size_t>(process) >= programs_.size()) return nullptr;
  const std::string* path = nullptr;
  for (const Running& running : programs_[static_cast<size_t>(process)]) {
    if (at != nullptr && running.event >= at->event) break;
    path = &running.path;
  }
  return path;
}

Processes Scene::HoldersOf(const std::vector<int>& objects, const Snapshot* at) const {
  Processes found;
  const auto add = [&](const Snapshot& snapshot) {
    for (const ProcessStateAt& state : snapshot.processes) {
      const bool holds = std::ranges::any_of(state.descriptors, [&](const auto& entry) {
        return Contains(objects, entry.second.object);
      });
      if (holds) found.push_back(state.process);
    }
  };
  if (at != nullptr) {
    add(*at);
    return found;
  }
  for (const auto& [name, snapshot] : recording_.snapshots) add(snapshot);
  for (const record::Event& event : recording_.events) {
    const auto* call = std::get_if<record::Call>(&event.what);
    if (call == nullptr || call->error != 0) continue;
    const bool opened = call->made_object != 0 && Contains(objects, call->made_object);
    const bool listened = call->name == "listen" && Contains(objects, call->object);
    if (opened || listened) found.push_back(event.actor);
  }
  std::erase_if(found, [](ProcessIndex p) { return p < 0; });
  return found;
}

std::vector<int> Scene::ObjectsListening(const Who& who, const Snapshot* at) const {
  const std::string path = who.base == Who::Base::kListensPath ? AbsolutePath(who.word) : "";
  const auto matches = [&](std::string_view address) {
    if (who.base == Who::Base::kListensPort) return PortOf(address) == who.port;
    return address == who.word || InWorkingDirectory(std::string(address)) == path;
  };
  std::vector<int> objects;
  const auto add = [&](const Snapshot& snapshot) {
    for (const auto& [object, socket] : snapshot.sockets) {
      if (socket.listening && matches(socket.local)) objects.push_back(object);
    }
  };
  if (at != nullptr) {
    add(*at);
    return objects;
  }
  for (const auto& [name, snapshot] : recording_.snapshots) add(snapshot);
  // Between snapshots: what was bound there and then listened.
  std::set<int> bound;
  for (const record::Event& event : recording_.events) {
    const auto* call = std::get_if<record::Call>(&event.what);
    if (call == nullptr || call->error != 0 || call->object == 0) continue;
    if (call->name == "bind" &&
        std::ranges::any_of(call->args, [&](const auto& arg) { return matches(arg.second); })) {
      bound.insert(call->object);
    }
    if (call->name == "listen" && bound.contains(call->object)) objects.push_back(call->object);
  }
  return objects;
}

std::vector<int> Scene::ObjectsNamed(const std::string& path) const {
  const std::string absolute = AbsolutePath(path);
  std::vector<int> objects;
  for (size_t i = 0; i < recording_.objects.size(); ++i) {
    const record::Object& object = recording_.objects[i];
    const bool has_path = object.kind == ObjectKind::kFile ||
                          object.kind == ObjectKind::kDirectory ||
                          object.kind == ObjectKind::kFifo || object.name.starts_with('/');
    if (has_path && InWorkingDirectory(object.name) == absolute)
      objects.push_back(static_cast<int>(i) + 1);
  }
  return objects;
}

Processes Scene::GroupOf(const Who& who, const Snapshot* at) const {
  if (who.group.empty()) return {};
  const Processes leaders = Resolve(who.group.front());
  Processes found;
  const auto add = [&](const Snapshot& snapshot) {
    std::set<Pid> groups;
    for (const ProcessIndex p : leaders) {
      if (const ProcessStateAt* state = StateAt(p, snapshot)) groups.insert(state->group);
    }
    // A group outlives its leader under the leader's number.
    for (const ProcessIndex p : leaders) {
      if (StateAt(p, snapshot) == nullptr) {
        groups.insert(recording_.processes[static_cast<size_t>(p)].pid);
      }
    }
    for (const ProcessStateAt& state : snapshot.processes) {
      if (groups.contains(state.group)) found.push_back(state.process);
    }
  };
  if (at != nullptr) {
    add(*at);
  } else {
    for (const auto& [name, snapshot] : recording_.snapshots) add(snapshot);
  }
  return found;
}

const ProcessStateAt* Scene::StateAt(ProcessIndex process, const Snapshot& at) const {
  const auto it = std::ranges::find(at.processes, process, &ProcessStateAt::process);
  return it == at.processes.end() ? nullptr : &*it;
}

// --- Names for people.

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
// descriptors, which is where a pipeline has its ends, else by whoever holds the ends.
std::optional<Message> Scene::PipeBetween(int object, const Snapshot& at) const {
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
    return standard ? standard : only_holder(end, 1 << 20);
  };
  const auto writer = holder(Writes);
  const auto reader = holder(Reads);
  if (!writer || !reader || *writer == *reader) return std::nullopt;
  return Msg("the pipe from {writer} to {reader}", {{"writer", PlainNameOf(*writer, &at, false)},
                                                    {"reader", PlainNameOf(*reader, &at, false)}});
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

Message Scene::NameOfObject(int number, const Snapshot& at) const {
  const record::Object* object = recording_.object(number);
  if (object == nullptr) return Msg("something unknown");
  if (!object->role.empty()) {
    return NameOfRole(*object, recording_.connections.contains(object->role));
  }
  const std::string cwd = InWorkingDirectory(".");
  std::string name = object->name;
  if (name.starts_with(cwd + "/")) name = name.substr(cwd.size() + 1);
  name = Escaped(name);
  switch (object->kind) {
    case ObjectKind::kPipe:
      break;
    case ObjectKind::kFifo:
      return Msg("the FIFO {path}", {{"path", name}});
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
  if (auto named = PipeBetween(number, at)) return *named;
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

// --- Streams, paths, placeholders.

std::string_view Scene::StreamAt(const std::string& name, const Snapshot* at) const {
  const auto it = recording_.streams.find(name);
  if (it == recording_.streams.end()) return {};
  const std::string_view bytes = it->second.bytes;
  if (at == nullptr || at->name == "end") return bytes;
  const auto size = at->stream_sizes.find(name);
  return bytes.substr(0, size == at->stream_sizes.end() ? 0 : size->second);
}

bool Scene::HasStream(const std::string& name) const {
  if (recording_.streams.contains(name)) return true;
  if (name == "terminal") {
    const auto scenario = exercise_.scenarios.find(recording_.header.scenario);
    return scenario != exercise_.scenarios.end() && scenario->second.terminal;
  }
  const auto split = SplitAtLastDot(name);
  if (!split) return false;
  const auto& [subject, which] = *split;
  return which == "received" ? recording_.connections.contains(subject)
                             : !StartedAs(subject).empty();
}

std::vector<std::string> Scene::StreamsNamed(const std::string& name) const {
  if (recording_.streams.contains(name)) return {name};
  const auto split = SplitAtLastDot(name);
  const std::string group = split ? split->first : name;
  const std::string rest = split ? "." + split->second : "";
  int count = 0;
  const auto scenario = exercise_.scenarios.find(recording_.header.scenario);
  if (scenario != exercise_.scenarios.end()) {
    for (const spec::Step& step : scenario->second.steps) {
      const auto* connect = std::get_if<spec::Connect>(&step.action);
      if (connect != nullptr && connect->as == group) count = std::max(count, connect->count);
    }
  }
  if (count == 0) return {name};
  std::vector<std::string> names;
  for (int n = 1; n <= count; ++n)
    names.push_back(std::string(group).append(std::to_string(n)).append(rest));
  return names;
}

std::string Scene::AbsolutePath(const std::string& path) const {
  return InWorkingDirectory(spec::Substitute(path, *this));
}

// Of names that the kernel gave: a student's file may well be called "{x}".
std::string Scene::InWorkingDirectory(const std::string& path) const {
  const std::filesystem::path cwd = ValueOf("cwd").value_or("/lab");
  std::string text = (cwd / path).lexically_normal().string();
  if (text.size() > 1 && text.ends_with('/')) text.pop_back();
  return text;
}

std::optional<std::string> Scene::OfConnection(const std::string& name,
                                               std::string_view side) const {
  const auto it = recording_.connections.find(name);
  if (it == recording_.connections.end()) return std::nullopt;
  const std::string& address = side == "client" ? it->second.client : it->second.server;
  return address.empty() ? std::nullopt : std::optional(address);
}

std::optional<std::string> Scene::ValueOf(const std::string& placeholder) const {
  const auto noted = recording_.placeholders.find(placeholder);
  if (noted != recording_.placeholders.end()) return noted->second;
  if (placeholder == "cwd") return "/lab";
  const auto split = SplitAtLastDot(placeholder);
  if (!split) return std::nullopt;
  const auto& [subject, property] = *split;
  if (property == "pid" || property == "ppid") {
    const auto is_name = [&](const std::string& word) { return !StartedAs(word).empty(); };
    const auto who = spec::ParseWho(subject, is_name);
    const Processes found = who ? Resolve(*who) : Processes{};
    if (found.empty()) return std::nullopt;
    const record::Process& process = recording_.processes[static_cast<size_t>(found.front())];
    return std::to_string(property == "pid" ? process.pid.value : process.parent_pid.value);
  }
  if (property == "client" || property == "server") return OfConnection(subject, property);
  if (property == "ip" || property == "port") {
    if (const auto end = SplitAtLastDot(subject)) {
      const auto address = OfConnection(end->first, end->second);
      if (!address) return std::nullopt;
      if (property == "ip") return IpOf(*address);
      const auto port = PortOf(*address);
      return port ? std::optional(std::to_string(*port)) : std::nullopt;
    }
    const auto scenario = exercise_.scenarios.find(recording_.header.scenario);
    if (property == "ip" || scenario == exercise_.scenarios.end()) return std::nullopt;
    const auto& peers = scenario->second.peers;
    const auto peer = std::ranges::find(peers, subject, &spec::Peer::name);
    if (peer != peers.end() && peer->port != 0) return std::to_string(peer->port);
  }
  return std::nullopt;
}

}  // namespace plumbline::evaluate
