// SPDX-License-Identifier: MIT
#include "scenario/cast.h"

#include <dirent.h>
#include <sys/stat.h>

#include <algorithm>
#include <memory>
#include <set>
#include <utility>

#include "base/file_name.h"
#include "sandbox/sandbox.h"
#include "scenario/addresses.h"
#include "spec/notation.h"
#include "trace/proc.h"
#include "trace/snapshot.h"

namespace plumbline::scenario {

using record::kGrader;
using record::ProcessIndex;
using spec::Who;

namespace {

// What the descriptors of a process link to ("socket:[7]", "/lab/F").
std::vector<std::string> LinksOf(HostPid process, const std::string& base) {
  std::vector<std::string> links;
  const std::string path = "/proc/" + std::to_string(process.value) + "/fd";
  const std::unique_ptr<DIR, int (*)(DIR*)> folder(::opendir(path.c_str()), ::closedir);
  if (!folder) return links;
  while (const dirent* entry = ::readdir(folder.get())) {
    if (entry->d_name[0] == '.') continue;
    const std::string name = std::string("fd/") + entry->d_name;
    links.push_back(sandbox::WithoutBase(trace::LinkOf(process, name.c_str()), base));
  }
  return links;
}

std::optional<std::pair<std::string, std::string>> SplitAtLastDot(const std::string& text) {
  const size_t dot = text.rfind('.');
  if (dot == std::string::npos) return std::nullopt;
  return std::pair(text.substr(0, dot), text.substr(dot + 1));
}

}  // namespace

const record::Process& Cast::Recorded(ProcessIndex process) const {
  return recording_.processes[static_cast<size_t>(process)];
}

std::vector<ProcessIndex> Cast::Resolve(const spec::WhoList& who) const {
  std::set<ProcessIndex> all;
  for (const Who& one : who)
    all.merge([&] {
      const Processes found = Resolve(one);
      return std::set<ProcessIndex>(found.begin(), found.end());
    }());
  return {all.begin(), all.end()};
}

bool Cast::Includes(const spec::WhoList& who, ProcessIndex process) const {
  return std::ranges::any_of(who, [&](const Who& one) {
    const Processes found = Resolve(one);
    return std::ranges::find(found, process) != found.end();
  });
}

std::vector<ProcessIndex> Cast::Resolve(const Who& who) const {
  Processes found = Base(who);
  std::ranges::sort(found);
  const auto numbered = [](Processes all, int number) -> Processes {
    if (number == 0) return all;
    if (static_cast<size_t>(number) > all.size()) return {};
    return {all[static_cast<size_t>(number) - 1]};
  };
  found = numbered(std::move(found), who.number);
  for (const Who::Segment& segment : who.path) {
    if (segment.step == Who::Step::kDescendants) {
      found = DescendantsOf(found);
      continue;
    }
    Processes next;
    for (const ProcessIndex parent : found) {
      Processes children = ChildrenOf(parent);
      if (segment.step == Who::Step::kChild)
        children = numbered(std::move(children), segment.number);
      next.insert(next.end(), children.begin(), children.end());
    }
    std::ranges::sort(next);
    found = std::move(next);
  }
  return found;
}

Cast::Processes Cast::Base(const Who& who) const {
  switch (who.base) {
    case Who::Base::kSubmission:
      return StartedAs("submission");
    case Who::Base::kAll:
      return Students();
    case Who::Base::kName:
      return StartedAs(who.word);
    case Who::Base::kProgram:
      return RanProgram(who.word);
    case Who::Base::kListensPort:
    case Who::Base::kListensPath:
    case Who::Base::kHolds:
      return HoldersOf(who);
    case Who::Base::kGroup:
      return GroupOf(who);
  }
  return {};
}

Cast::Processes Cast::StartedAs(const std::string& name) const {
  Processes found;
  for (const trace::Process& process : tracer_.processes()) {
    if (Recorded(process.index).started_as == name) found.push_back(process.index);
  }
  return found;
}

Cast::Processes Cast::Students() const {
  Processes found;
  for (const trace::Process& process : tracer_.processes()) {
    if (!process.peer && !Recorded(process.index).internal) found.push_back(process.index);
  }
  return found;
}

// What a process runs at its birth is what its parent ran then.
void Cast::NotePrograms() const {
  for (; noted_ < recording_.events.size(); ++noted_) {
    const record::Event& event = recording_.events[noted_];
    if (const auto* born = std::get_if<record::Born>(&event.what)) {
      const auto parent = programs_.find(event.actor);
      if (event.actor != kGrader && parent != programs_.end() && !parent->second.empty())
        programs_[born->child] = {parent->second.back()};
    }
    const auto* executed = std::get_if<record::Executed>(&event.what);
    if (executed != nullptr && executed->error == 0)
      programs_[event.actor].emplace_back(FileName(executed->path));
  }
}

Cast::Processes Cast::RanProgram(const std::string& name) const {
  NotePrograms();
  Processes found;
  for (const trace::Process& process : tracer_.processes()) {
    if (Recorded(process.index).internal) continue;
    const auto ran = programs_.find(process.index);
    const bool by_path = ran != programs_.end() && std::ranges::count(ran->second, name) > 0;
    if (by_path || process.program == name || FileName(process.executable) == name)
      found.push_back(process.index);
  }
  return found;
}

Cast::Processes Cast::HoldersOf(const Who& who) const {
  std::set<std::string> wanted;
  if (who.base == Who::Base::kHolds) {
    wanted.insert(AbsolutePath(spec::Substitute(who.word, *this)));
  } else {
    for (const auto& [inode, socket] : trace::SocketsOf(init_, tracer_.network())) {
      if (!socket.listening) continue;
      const bool by_port = who.base == Who::Base::kListensPort &&
                           socket.local.ends_with(":" + std::to_string(who.port));
      const bool by_path = who.base == Who::Base::kListensPath &&
                           AbsolutePath(socket.local) == AbsolutePath(who.word);
      if (by_port || by_path) wanted.insert("socket:[" + std::to_string(inode) + "]");
    }
  }
  Processes found;
  for (const trace::Process& process : tracer_.processes()) {
    if (process.ended) continue;
    const auto links = LinksOf(process.host, base_);
    if (std::ranges::any_of(links, [&](const std::string& link) { return wanted.contains(link); }))
      found.push_back(process.index);
  }
  return found;
}

Cast::Processes Cast::GroupOf(const Who& who) const {
  std::set<pid_t> groups;
  if (who.group.empty()) return {};
  for (const ProcessIndex leader : Resolve(who.group.front())) {
    const trace::Process& process = tracer_.processes()[static_cast<size_t>(leader)];
    // A group outlives its leader under the leader's number.
    groups.insert(process.ended ? process.pid.value : trace::InnerGroupOf(process.host).value);
  }
  Processes found;
  for (const trace::Process& process : tracer_.processes()) {
    if (!process.ended && groups.contains(trace::InnerGroupOf(process.host).value))
      found.push_back(process.index);
  }
  return found;
}

Cast::Processes Cast::ChildrenOf(ProcessIndex parent) const {
  Processes found;
  for (const trace::Process& process : tracer_.processes()) {
    const record::Process& recorded = Recorded(process.index);
    if (recorded.parent == parent && !recorded.internal) found.push_back(process.index);
  }
  return found;
}

Cast::Processes Cast::DescendantsOf(const Processes& from) const {
  std::set<ProcessIndex> line(from.begin(), from.end());
  Processes found;
  // Children are born after their parents.
  for (const trace::Process& process : tracer_.processes()) {
    const record::Process& recorded = Recorded(process.index);
    if (!line.contains(recorded.parent)) continue;
    line.insert(process.index);
    if (!recorded.internal) found.push_back(process.index);
  }
  return found;
}

std::optional<std::string> Cast::AddressOf(const std::string& connection,
                                           const std::string& side) const {
  const auto found = recording_.connections.find(connection);
  if (found == recording_.connections.end()) return std::nullopt;
  const std::string& address = side == "client" ? found->second.client : found->second.server;
  return address.empty() ? std::nullopt : std::optional(address);
}

std::optional<std::string> Cast::ValueOf(const std::string& placeholder) const {
  const auto noted = recording_.placeholders.find(placeholder);
  if (noted != recording_.placeholders.end()) return noted->second;
  const auto split = SplitAtLastDot(placeholder);
  if (!split) return std::nullopt;
  const auto& [subject, property] = *split;
  if (property == "pid" || property == "ppid") {
    const auto who =
        spec::ParseWho(subject, [&](const std::string& word) { return !StartedAs(word).empty(); });
    const Processes found = who ? Resolve(*who) : Processes{};
    if (found.empty()) return std::nullopt;
    const record::Process& process = Recorded(found.front());
    return std::to_string(property == "pid" ? process.pid.value : process.parent_pid.value);
  }
  if (property == "client" || property == "server") return AddressOf(subject, property);
  if (property != "ip" && property != "port") return std::nullopt;
  if (const auto end = SplitAtLastDot(subject)) {
    const auto address = AddressOf(end->first, end->second);
    if (!address) return std::nullopt;
    const size_t colon = address->rfind(':');
    return property == "ip" ? address->substr(0, colon) : address->substr(colon + 1);
  }
  const auto peer = std::ranges::find(scenario_.peers, subject, &spec::Peer::name);
  if (property == "port" && peer != scenario_.peers.end() && peer->port != 0)
    return std::to_string(peer->port);
  return std::nullopt;
}

}  // namespace plumbline::scenario
