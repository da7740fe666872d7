// SPDX-License-Identifier: MIT
#include "cli/seen.h"

#include <charconv>
#include <map>
#include <nlohmann/json.hpp>
#include <utility>
#include <variant>
#include <vector>

namespace plumbline::cli {
namespace {

using Json = nlohmann::ordered_json;
using record::Recording;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// Ports that the kernel chose: ip(7), ip_local_port_range. All have five digits.
class ChosenPorts {
 public:
  explicit ChosenPorts(const Recording& recording) {
    for (const auto& [name, connection] : recording.connections) {
      Add(connection.client);
      Add(connection.server);
    }
    for (const auto& [name, snapshot] : recording.snapshots) {
      for (const auto& [object, socket] : snapshot.sockets) {
        Add(socket.local);
        Add(socket.remote);
      }
    }
    for (const record::Event& event : recording.events) {
      const auto* const call = std::get_if<record::Call>(&event.what);
      if (call == nullptr) continue;
      for (const auto& [name, value] : call->args) Add(value);
    }
  }

  // The text with a name for each of them.
  std::string Named(const std::string& text) const {
    std::string named;
    for (size_t at = 0; at < text.size();) {
      size_t end = at;
      while (end < text.size() && IsDigit(text[end])) ++end;
      if (end == at) {
        named += text[at++];
        continue;
      }
      const std::string number = text.substr(at, end - at);
      const auto name = names_.find(number);
      named += name == names_.end() ? number : name->second;
      at = end;
    }
    return named;
  }

 private:
  // Of an address "127.0.0.1:40000"; anything else is no matter.
  void Add(const std::string& address) {
    constexpr int kFirst = 32768;
    constexpr int kLast = 65535;
    const size_t colon = address.rfind(':');
    if (colon == std::string::npos || address.find('.') > colon) return;
    int port = 0;
    const char* const end = address.data() + address.size();
    const auto [rest, error] = std::from_chars(address.data() + colon + 1, end, port);
    if (error != std::errc() || rest != end || port < kFirst || port > kLast) return;
    names_.emplace(std::to_string(port), "port " + std::to_string(names_.size()));
  }

  std::map<std::string, std::string> names_;
};

void NamePorts(Recording& recording) {
  const ChosenPorts ports(recording);
  for (auto& [name, stream] : recording.streams) stream.bytes = ports.Named(stream.bytes);
  for (auto& [name, snapshot] : recording.snapshots) {
    std::map<std::string, record::FileState> files;
    for (auto& [path, file] : snapshot.files) {
      file.content = ports.Named(file.content);
      files[ports.Named(path)] = std::move(file);
    }
    snapshot.files = std::move(files);
  }
}

// Objects are numbered in the order in which they were made, which may be another one each time: in
// a snapshot, by the order in which it shows them.
class Renumbering {
 public:
  Renumbering(const Json& objects, std::vector<const char*> ignored)
      : objects_(objects), ignored_(std::move(ignored)) {}

  void Apply(Json& part) {
    if (part.is_array()) {
      for (Json& item : part) Apply(item);
      return;
    }
    if (!part.is_object()) return;
    for (const char* key : ignored_) part.erase(key);
    // In which call it waits is for chance: poll(2) may be restart_syscall(2).
    if (part.contains("blocked")) part["blocked"] = true;
    for (auto& [key, value] : part.items()) {
      if (key == "object" && value.is_number())
        value = LabelOf(value.get<size_t>());
      else
        Apply(value);
    }
  }

 private:
  std::string LabelOf(size_t object) {
    const size_t number = numbers_.emplace(object, numbers_.size()).first->second;
    Json what = object >= 1 && object <= objects_.size() ? objects_[object - 1] : Json();
    if (what.is_object() && what.value("kind", "") == "file") what.erase("name");
    return std::to_string(number) + " " + what.dump();
  }

  const Json& objects_;
  std::vector<const char*> ignored_;
  std::map<size_t, size_t> numbers_;
};

// In snapshots.
std::vector<const char*> IgnoredIn(const Recording& recording) {
  // How far bytes have got, ports, the moment, numbers of threads; names of what is mapped or left,
  // which may be made up (mkstemp(3)): the files that there are stand by their paths.
  std::vector<const char*> ignored = {"time", "unread", "unsent", "local", "remote", "tid", "name"};
  if (!recording.header.observed.contains(record::Facet::kDescriptors))
    ignored.insert(ignored.end(), {"descriptors", "fd", "args"});
  return ignored;
}

}  // namespace

std::string SeenOf(Recording recording) {
  NamePorts(recording);
  const Json canonical = Json::parse(record::CanonicalJson(recording)).at("canonical");
  Json seen;
  for (const char* part : {"outcome", "status", "stuck", "streams", "snapshots"}) {
    if (canonical.contains(part)) seen[part] = canonical[part];
  }
  // A message may be in any words: whoever cares for them is a check. That there is none is seen.
  for (const auto& [name, stream] : recording.streams) {
    if (name.ends_with(".stderr") && !stream.bytes.empty()) seen["streams"][name] = "a message";
  }
  const Json objects = canonical.value("objects", Json::array());
  for (auto& [name, snapshot] : seen["snapshots"].items()) {
    for (const char* part : {"event", "stream_sizes"}) snapshot.erase(part);
    Renumbering(objects, IgnoredIn(recording)).Apply(snapshot);
  }
  return seen.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace plumbline::cli
