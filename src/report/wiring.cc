// SPDX-License-Identifier: MIT
#include "report/wiring.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "evaluate/plumbing.h"
#include "evaluate/spare.h"
#include "report/layout.h"

namespace plumbline::report {
namespace {

using evaluate::End;
using evaluate::Msg;
using record::Descriptor;
using record::ObjectKind;
using record::ProcessStateAt;
using record::Snapshot;

constexpr size_t kMostBoxes = 12;
constexpr size_t kMostEnds = 16;

// What joins processes: a pipe or FIFO, or two sockets.
struct Joint {
  std::string name;
  int object = 0;
  int other = 0;  // the other socket; 0: what is written into the object comes out of it
};

class Drawing {
 public:
  Drawing(const evaluate::Scene& scene, const Snapshot& at, size_t indent, size_t width,
          bool colour, const Translator& translator)
      : scene_(scene),
        at_(at),
        indent_(indent),
        width_(width),
        colour_(colour),
        translator_(translator) {
    FindJoints();
  }

  std::string Draw() {
    if (joints_.empty()) return "";
    size_t boxes = 0;
    for (const ProcessStateAt& state : at_.processes) {
      if (TouchesJoint(state) && ++boxes <= kMostBoxes) Box(state);
    }
    if (boxes > kMostBoxes) {
      Line(Tell(Msg("… more processes: {count}", {{"count", boxes - kMostBoxes}})));
    }
    for (const Joint& joint : joints_) Tell(joint);
    return std::move(out_);
  }

 private:
  // --- Joints, in the order in which the run met them.
  void FindJoints() {
    std::map<int, int> objects;  // each with its other end, if it is a socket's
    for (const ProcessStateAt& state : at_.processes) {
      for (const auto& [fd, descriptor] : state.descriptors) {
        if (const auto other = JoinedAt(descriptor.object)) objects[descriptor.object] = *other;
      }
    }
    for (const auto& [object, other] : objects) {
      if (other == 0 || object < other || !objects.contains(other)) {
        joints_.push_back({NameOfJoint(object), object, other});
      }
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

  // Pipes and sockets get letters; what has a name keeps it.
  std::string NameOfJoint(int number) {
    const ObjectKind kind = scene_.recording().object(number)->kind;
    if (kind == ObjectKind::kFifo) return Tell(scene_.NameOfObject(number, at_));
    const bool pipe = kind == ObjectKind::kPipe;
    const size_t count = pipe ? ++pipes_ : ++sockets_;
    const std::string letter =
        count <= 26 ? std::string(1, static_cast<char>('A' + count - 1)) : std::to_string(count);
    return Tell(pipe ? Msg("pipe {letter}", {{"letter", letter}})
                     : Msg("sockets {letter}", {{"letter", letter}}));
  }

  const Joint* JointOf(int object) const {
    const auto it = std::ranges::find_if(joints_, [&](const Joint& joint) {
      return joint.object == object || (joint.other != 0 && joint.other == object);
    });
    return it == joints_.end() ? nullptr : &*it;
  }

  bool TouchesJoint(const ProcessStateAt& state) const {
    return std::ranges::any_of(state.descriptors, [&](const auto& entry) {
      return JointOf(entry.second.object) != nullptr;
    });
  }

  // --- Boxes.
  struct Row {
    std::string text;
    bool marked = false;
  };

  void Box(const ProcessStateAt& state) {
    const std::string title = Tell(scene_.NameOf(state.process, &at_));
    const std::vector<Row> rows = RowsOf(state);
    size_t inner = Columns(title);
    for (const Row& row : rows) inner = std::max(inner, Columns(row.text));
    std::string bar;
    for (size_t i = 0; i < inner + 2; ++i) bar += "─";
    Line("┌" + bar + "┐");
    Line("│ " + Painted(Padded(title, inner), Paint::kStrong, colour_) + " │");
    for (const Row& row : rows) {
      const Paint paint = row.marked ? Paint::kBad : Paint::kPlain;
      Line("│ " + Painted(Padded(row.text, inner), paint, colour_) + " │");
    }
    Line("└" + bar + "┘");
  }

  // The standard descriptors, and of the others those that join or are sockets.
  std::vector<Row> RowsOf(const ProcessStateAt& state) const {
    std::vector<Row> rows;
    for (const auto& [fd, descriptor] : state.descriptors) {
      const record::Object* object = scene_.recording().object(descriptor.object);
      if (object == nullptr) continue;
      const bool joins = JointOf(descriptor.object) != nullptr;
      if (fd > 2 && !joins && object->kind != ObjectKind::kSocket) continue;
      if (rows.size() == kMostEnds) {
        rows.push_back({"…"});
        break;
      }
      const bool spare = joins && IsSpare({state.process, fd});
      std::string text = Padded(std::to_string(fd), 3) + Arrow(descriptor) + " " +
                         Shortened(NameOf(descriptor.object), 30);
      if (spare) text += "  ! " + Tell(Msg("kept open, not used"));
      rows.push_back({std::move(text), spare});
    }
    return rows;
  }

  // Only a run that observed transfers shows what is used.
  bool IsSpare(const evaluate::Holding& holding) const {
    return scene_.recording().header.observed.contains(record::Facet::kTransfers) &&
           evaluate::IsSpare(scene_, holding, at_);
  }

  static std::string Arrow(const Descriptor& descriptor) {
    return descriptor.readable && descriptor.writable ? "↔" : descriptor.writable ? "→" : "←";
  }

  std::string NameOf(int object) const {
    const Joint* joint = JointOf(object);
    return joint != nullptr ? joint->name : Tell(scene_.NameOfObject(object, at_));
  }

  // --- Who is at a joint: "pipe A: cat 1 → sort 0", with every holder of either end.
  void Tell(const Joint& joint) {
    const std::string text =
        joint.other == 0 ? Side(joint.object, End::kWrite) + " → " + Side(joint.object, End::kRead)
                         : Side(joint.object, End::kWrite) + " ↔ " + Side(joint.other, End::kWrite);
    Line(Wrapped(joint.name + ": " + text, width_, indent_ + 4, indent_));
  }

  std::string Side(int object, End end) const {
    std::string text;
    for (const evaluate::Holding& holding : evaluate::Holders(at_, object, end)) {
      if (!text.empty()) text += ", ";
      text += Tell(scene_.ShortNameOf(holding.process, &at_)) + " " + std::to_string(holding.fd);
      if (IsSpare(holding)) text += " (!)";
    }
    return text.empty() ? Tell(Msg("nobody")) : text;
  }

  // --- Lines.
  std::string Tell(const evaluate::Message& message) const {
    return SafeLines(translator_.Tell(message));
  }
  void Line(const std::string& text) { out_ += std::string(indent_, ' ') + text + '\n'; }

  const evaluate::Scene& scene_;
  const Snapshot& at_;
  const size_t indent_;
  const size_t width_;
  const bool colour_;
  const Translator& translator_;
  size_t pipes_ = 0;
  size_t sockets_ = 0;
  std::vector<Joint> joints_;
  std::string out_;
};

}  // namespace

std::string Wiring(const evaluate::Scene& scene, const Snapshot& at, size_t indent, size_t width,
                   bool colour, const Translator& translator) {
  return Drawing(scene, at, indent, width, colour, translator).Draw();
}

}  // namespace plumbline::report
