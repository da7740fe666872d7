// SPDX-License-Identifier: MIT
#include "report/plumbing_map.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "evaluate/spare.h"
#include "report/layout.h"

namespace plumbline::report {
namespace {

using evaluate::Msg;
using record::Descriptor;
using record::ObjectKind;
using record::ProcessStateAt;
using record::Snapshot;
using Kind = PlumbingMap::Joint::Kind;

constexpr size_t kMostOfName = 30;

class Mapping {
 public:
  Mapping(const evaluate::Scene& scene, const Snapshot& at, const Translator& translator)
      : scene_(scene), at_(at), translator_(translator) {}

  PlumbingMap Map() {
    FindJoints();
    FindMemory();
    for (const ProcessStateAt& state : at_.processes) map_.boxes.push_back(BoxOf(state));
    return std::move(map_);
  }

 private:
  std::string Tell(const evaluate::Message& message) const {
    return SafeLines(translator_.Tell(message));
  }

  void FindJoints() {
    std::map<int, int> objects;  // each with its other end, if it is a socket's
    for (const ProcessStateAt& state : at_.processes) {
      for (const auto& [fd, descriptor] : state.descriptors) {
        if (const auto other = JoinedAt(descriptor.object)) objects[descriptor.object] = *other;
      }
    }
    for (const auto& [object, other] : objects) {
      if (other == 0 || object < other || !objects.contains(other))
        map_.joints.push_back(JointOf(object, other));
    }
  }

  // The other end, or 0 where there is none; nothing: it joins nobody.
  std::optional<int> JoinedAt(int number) const {
    const record::Object* object = scene_.recording().object(number);
    if (object == nullptr || !object->role.empty()) return std::nullopt;
    if (object->kind == ObjectKind::kPipe || object->kind == ObjectKind::kFifo) return 0;
    if (object->kind != ObjectKind::kSocket) return std::nullopt;
    const int other = evaluate::OtherEndOf(scene_, number, at_);
    return other == 0 ? std::nullopt : std::optional(other);
  }

  PlumbingMap::Joint JointOf(int number, int other) {
    const ObjectKind kind = scene_.recording().object(number)->kind;
    if (kind == ObjectKind::kFifo)
      return {Kind::kFifo, Tell(scene_.NameOfObject(number, at_)), number, other};
    if (kind == ObjectKind::kPipe)
      return {Kind::kPipe, Tell(Msg("pipe {letter}", {{"letter", Letter(++pipes_)}})), number, 0};
    return {Kind::kSockets, Tell(Msg("sockets {letter}", {{"letter", Letter(++sockets_)}})), number,
            other};
  }

  static std::string Letter(size_t count) {
    return count <= 26 ? std::string(1, static_cast<char>('A' + count - 1)) : std::to_string(count);
  }

  // What has a name keeps it; what only one process maps joins nobody.
  void FindMemory() {
    std::map<int, std::set<record::ProcessIndex>> users;
    std::map<int, std::string> names;
    for (const ProcessStateAt& state : at_.processes) {
      for (const record::SharedMapping& mapping : state.shared) {
        users[mapping.memory].insert(state.process);
        names[mapping.memory] = mapping.name;
      }
    }
    for (const auto& [memory, processes] : users) {
      if (processes.size() < 2) continue;
      map_.joints.push_back({Kind::kMemory, NameOfMemory(names[memory]), memory, 0});
    }
  }

  std::string NameOfMemory(const std::string& name) {
    const std::string word = name.empty() ? Letter(++memories_) : SafeLines(name);
    return Tell(Msg("shared memory {name}", {{"name", Shortened(word, kMostOfName)}}));
  }

  int IndexOf(int object) const {
    const auto it = std::ranges::find_if(map_.joints, [&](const PlumbingMap::Joint& joint) {
      return joint.kind != Kind::kMemory &&
             (joint.object == object || (joint.other != 0 && joint.other == object));
    });
    return it == map_.joints.end() ? -1 : static_cast<int>(it - map_.joints.begin());
  }

  PlumbingMap::Box BoxOf(const ProcessStateAt& state) const {
    PlumbingMap::Box box{.process = state.process,
                         .state = state.state,
                         .title = Tell(scene_.NameOf(state.process, &at_)),
                         .ends = {},
                         .memory = MemoryOf(state),
                         .joined = false};
    for (const auto& [fd, descriptor] : state.descriptors) {
      const record::Object* object = scene_.recording().object(descriptor.object);
      if (object == nullptr) continue;
      const int joint = IndexOf(descriptor.object);
      box.joined = box.joined || joint >= 0;
      if (fd > 2 && joint < 0 && object->kind != ObjectKind::kSocket) continue;
      box.ends.push_back(EndOf(state, fd, descriptor, joint));
    }
    return box;
  }

  std::vector<int> MemoryOf(const ProcessStateAt& state) const {
    std::vector<int> joints;
    for (size_t i = 0; i < map_.joints.size(); ++i) {
      const PlumbingMap::Joint& joint = map_.joints[i];
      const auto maps = [&](const auto& mapping) { return mapping.memory == joint.object; };
      if (joint.kind == Kind::kMemory && std::ranges::any_of(state.shared, maps))
        joints.push_back(static_cast<int>(i));
    }
    return joints;
  }

  PlumbingMap::End EndOf(const ProcessStateAt& state, int fd, const Descriptor& descriptor,
                         int joint) const {
    const std::string name = joint >= 0 ? map_.joints[static_cast<size_t>(joint)].name
                                        : Tell(scene_.NameOfObject(descriptor.object, at_));
    return {.fd = fd,
            .reads = descriptor.readable,
            .writes = descriptor.writable,
            .object = descriptor.object,
            .joint = joint,
            .name = Shortened(name, kMostOfName),
            .spare = joint >= 0 && IsSpare({state.process, fd})};
  }

  // Only a run that observed transfers shows what is used.
  bool IsSpare(const evaluate::Holding& holding) const {
    return scene_.recording().header.observed.contains(record::Facet::kTransfers) &&
           evaluate::IsSpare(scene_, holding, at_);
  }

  const evaluate::Scene& scene_;
  const Snapshot& at_;
  const Translator& translator_;
  size_t pipes_ = 0;
  size_t sockets_ = 0;
  size_t memories_ = 0;
  PlumbingMap map_;
};

}  // namespace

PlumbingMap PlumbingAt(const evaluate::Scene& scene, const Snapshot& at,
                       const Translator& translator) {
  return Mapping(scene, at, translator).Map();
}

}  // namespace plumbline::report
