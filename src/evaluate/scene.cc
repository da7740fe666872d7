// SPDX-License-Identifier: MIT
// Who is who. Names for people: scene_names.cc; streams and placeholders: scene_texts.cc.
#include "evaluate/scene.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <string_view>

#include "base/file_name.h"
#include "evaluate/addresses.h"

namespace plumbline::evaluate {
namespace {

using record::ObjectKind;
using record::ProcessIndex;
using record::ProcessStateAt;
using record::Snapshot;
using spec::Who;
using Processes = std::vector<ProcessIndex>;

void SortOnce(Processes& processes) {
  std::ranges::sort(processes);
  processes.erase(std::ranges::unique(processes).begin(), processes.end());
}

bool Contains(const std::vector<int>& numbers, int n) {
  return std::ranges::find(numbers, n) != numbers.end();
}

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

}  // namespace plumbline::evaluate
