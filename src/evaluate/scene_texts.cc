// SPDX-License-Identifier: MIT
// Scene: streams, paths, and what placeholders stand for.
#include <algorithm>
#include <filesystem>

#include "evaluate/addresses.h"
#include "evaluate/scene.h"
#include "spec/notation.h"

namespace plumbline::evaluate {

using record::Snapshot;
using Processes = std::vector<record::ProcessIndex>;

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
