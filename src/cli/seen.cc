// SPDX-License-Identifier: MIT
#include "cli/seen.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/text.h"

namespace plumbline::cli {
namespace {

using Json = nlohmann::ordered_json;
using record::Recording;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsOfWord(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

// Numbers that a text may tell, and what to call each of them.
class Names {
 public:
  void Add(const std::string& number, const std::string& name) { names_.emplace(number, name); }
  size_t size() const { return names_.size(); }

  // The text with the names; a number within a word is part of that.
  std::string In(const std::string& text) const {
    std::string named;
    for (size_t at = 0; at < text.size();) {
      size_t end = at;
      while (end < text.size() && IsDigit(text[end])) ++end;
      if (end == at) {
        named += text[at++];
        continue;
      }
      const std::string number = text.substr(at, end - at);
      const bool alone =
          (at == 0 || !IsOfWord(text[at - 1])) && (end == text.size() || !IsOfWord(text[end]));
      const auto name = alone ? names_.find(number) : names_.end();
      named += name == names_.end() ? number : name->second;
      at = end;
    }
    return named;
  }

 private:
  std::map<std::string, std::string> names_;
};

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

  const Names& names() const { return names_; }

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
    names_.Add(std::to_string(port), "port " + std::to_string(names_.size()));
  }

  Names names_;
};

// Changes what is told, and kept, in a recording.
void ChangeTexts(Recording& recording,
                 const std::function<std::string(const std::string&)>& change) {
  for (auto& [name, stream] : recording.streams) stream.bytes = change(stream.bytes);
  for (auto& [name, snapshot] : recording.snapshots) {
    for (auto& [path, file] : snapshot.files) file.content = change(file.content);
  }
}

void NamePorts(Recording& recording) {
  const ChosenPorts ports(recording);
  const auto named = [&](const std::string& text) { return ports.names().In(text); };
  ChangeTexts(recording, named);
  for (auto& [name, snapshot] : recording.snapshots) {
    std::map<std::string, record::FileState> files;
    for (auto& [path, file] : snapshot.files) files[named(path)] = std::move(file);
    snapshot.files = std::move(files);
  }
}

// Processes by their descent, "submission/1/2": the numbers of those whose parents are two depend
// on which parent was first.
std::vector<std::string> Descents(const Recording& recording) {
  std::vector<std::string> descents;
  std::map<std::string, int> children;
  for (const record::Process& process : recording.processes) {
    const bool is_born = process.started_as.empty() && process.parent >= 0 &&
                         static_cast<size_t>(process.parent) < descents.size();
    const std::string from =
        is_born ? descents[static_cast<size_t>(process.parent)] : process.started_as;
    descents.push_back(from + "/" + std::to_string(++children[from]));
  }
  return descents;
}

std::string WithSortedLines(const std::string& text) {
  std::vector<std::string_view> lines = Lines(text);
  std::ranges::sort(lines);
  std::string sorted;
  for (const std::string_view line : lines) sorted.append(line) += '\n';
  return sorted;
}

// Takes away what depends on which process was first.
class Loosening {
 public:
  explicit Loosening(const Recording& recording) : descents_(Descents(recording)) {
    for (size_t i = 0; i < descents_.size(); ++i)
      names_.Add(std::to_string(recording.processes[i].pid.value), descents_[i]);
  }

  void Apply(Recording& recording) const {
    ChangeTexts(recording,
                [this](const std::string& text) { return WithSortedLines(names_.In(text)); });
  }

  void Apply(Json& processes) const {
    std::map<std::string, Json> by_descent;
    for (Json& process : processes) {
      for (const char* key : {"process", "parent"}) {
        if (process.contains(key)) process[key] = DescentOf(process[key].get<int>());
      }
      for (const char* key : {"group", "session"}) {
        if (process.contains(key)) process[key] = names_.In(process[key].dump());
      }
      by_descent.emplace(process.value("process", ""), std::move(process));
    }
    processes = Json::array();
    for (auto& [descent, process] : by_descent) processes.push_back(std::move(process));
  }

 private:
  std::string DescentOf(int process) const {
    const bool known = process >= 0 && static_cast<size_t>(process) < descents_.size();
    return known ? descents_[static_cast<size_t>(process)] : std::to_string(process);
  }

  std::vector<std::string> descents_;
  Names names_;
};

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

std::string Seen(Recording recording, bool loosely) {
  NamePorts(recording);
  const Loosening loosening(recording);
  if (loosely) loosening.Apply(recording);
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
    if (loosely && snapshot.contains("processes")) loosening.Apply(snapshot["processes"]);
    Renumbering(objects, IgnoredIn(recording)).Apply(snapshot);
  }
  return seen.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

std::string SeenOf(Recording recording) { return Seen(std::move(recording), false); }
std::string SeenLoosely(Recording recording) { return Seen(std::move(recording), true); }

}  // namespace plumbline::cli
