// SPDX-License-Identifier: MIT
#include "report/wiring.h"

#include <algorithm>
#include <map>
#include <vector>

#include "evaluate/plumbing.h"
#include "report/layout.h"

namespace plumbline::report {
namespace {

using evaluate::Msg;
using record::Descriptor;
using record::ObjectKind;
using record::ProcessIndex;
using record::ProcessStateAt;
using record::Snapshot;

constexpr size_t kMostBoxes = 12;
constexpr size_t kMostEnds = 16;

// From the snapshot on, the process neither moves bytes through the descriptor nor gives it up, and
// does not wait for it now: it is open for nothing.
bool IsKept(const evaluate::Scene& scene, const ProcessStateAt& state, int fd, const Snapshot& at) {
  if (fd <= 2) return false;
  const bool waits = std::ranges::any_of(state.threads, [&](const record::Thread& thread) {
    return thread.blocked && thread.blocked->fd == fd;
  });
  if (waits) return false;
  const auto& events = scene.recording().events;
  for (size_t i = static_cast<size_t>(at.event); i < events.size(); ++i) {
    if (events[i].actor != state.process) continue;
    const auto* transfer = std::get_if<record::Transfer>(&events[i].what);
    const auto* call = std::get_if<record::Call>(&events[i].what);
    if (transfer != nullptr && transfer->fd == fd) return false;
    if (call != nullptr && call->error == 0 && call->fd == fd) return false;
  }
  return true;
}

struct End {
  const ProcessStateAt* state;
  int fd;
  Descriptor descriptor;
  bool kept;
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
      const std::vector<End> ends = EndsOf(state);
      if (ends.empty() || !TouchesJoint(state)) continue;
      if (++boxes <= kMostBoxes) Box(state, ends);
    }
    if (boxes > kMostBoxes) {
      Line(Tell(Msg("… more processes: {count}", {{"count", boxes - kMostBoxes}})));
    }
    for (const auto& [object, name] : joints_) Joint(object, name);
    return std::move(out_);
  }

 private:
  // Pipes get letters; what has a name keeps it.
  void FindJoints() {
    for (const ProcessStateAt& state : at_.processes) {
      for (const auto& [fd, descriptor] : state.descriptors) {
        const record::Object* object = scene_.recording().object(descriptor.object);
        if (object == nullptr || !object->role.empty() || joints_.contains(descriptor.object))
          continue;
        if (object->kind == ObjectKind::kPipe) joints_[descriptor.object] = "";
        if (object->kind == ObjectKind::kFifo) {
          joints_[descriptor.object] = Tell(scene_.NameOfObject(descriptor.object, at_));
        }
      }
    }
    int pipes = 0;
    for (auto& [object, name] : joints_) {
      if (!name.empty()) continue;
      ++pipes;
      name =
          Tell(pipes <= 26 ? Msg("pipe {letter}",
                                 {{"letter", std::string(1, static_cast<char>('A' + pipes - 1))}})
                           : Msg("pipe {letter}", {{"letter", pipes}}));
    }
  }

  bool TouchesJoint(const ProcessStateAt& state) const {
    return std::ranges::any_of(state.descriptors, [&](const auto& entry) {
      return joints_.contains(entry.second.object);
    });
  }

  std::vector<End> EndsOf(const ProcessStateAt& state) const {
    std::vector<End> ends;
    for (const auto& [fd, descriptor] : state.descriptors) {
      const record::Object* object = scene_.recording().object(descriptor.object);
      if (object == nullptr) continue;
      const bool joint = joints_.contains(descriptor.object);
      if (fd > 2 && !joint && object->kind != ObjectKind::kSocket) continue;
      ends.push_back({&state, fd, descriptor, joint && IsKept(scene_, state, fd, at_)});
    }
    return ends;
  }

  static std::string Arrow(const Descriptor& descriptor) {
    return descriptor.readable && descriptor.writable ? "↔" : descriptor.writable ? "→" : "←";
  }

  std::string NameOf(int object) const {
    const auto joint = joints_.find(object);
    return joint != joints_.end() ? joint->second : Tell(scene_.NameOfObject(object, at_));
  }

  std::string Tell(const evaluate::Message& message) const {
    return SafeLines(translator_.Tell(message));
  }
  std::string Kept() const { return Tell(Msg("kept open, not used")); }

  void Line(const std::string& text) { out_ += std::string(indent_, ' ') + text + '\n'; }

  void Box(const ProcessStateAt& state, const std::vector<End>& ends) {
    const std::string title = Tell(scene_.NameOf(state.process, &at_));
    std::vector<std::string> lines;
    std::vector<bool> marked;
    for (const End& end : ends) {
      if (lines.size() == kMostEnds) {
        lines.push_back("…");
        marked.push_back(false);
        break;
      }
      std::string line = Padded(std::to_string(end.fd), 3) + Arrow(end.descriptor) + " " +
                         NameOf(end.descriptor.object);
      if (end.kept) line += "  ! " + Kept();
      lines.push_back(std::move(line));
      marked.push_back(end.kept);
    }
    size_t inner = Columns(title);
    for (const std::string& line : lines) inner = std::max(inner, Columns(line));
    std::string bar;
    for (size_t i = 0; i < inner + 2; ++i) bar += "─";
    Line("┌" + bar + "┐");
    Line("│ " + Painted(Padded(title, inner), Paint::kStrong, colour_) + " │");
    for (size_t i = 0; i < lines.size(); ++i) {
      Line("│ " +
           Painted(Padded(lines[i], inner), marked[i] ? Paint::kBad : Paint::kPlain, colour_) +
           " │");
    }
    Line("└" + bar + "┘");
  }

  // "pipe A: cat 1 → sort 0", with every holder of either end.
  void Joint(int object, const std::string& name) {
    const std::string text = name + ": " + Side(object, evaluate::End::kWrite) + " → " +
                             Side(object, evaluate::End::kRead);
    Line(Wrapped(text, width_, indent_ + 4, indent_));
  }

  std::string Side(int object, evaluate::End end) const {
    std::string text;
    for (const evaluate::Holding& holding : evaluate::Holders(at_, object, end)) {
      const ProcessStateAt* state = scene_.StateAt(holding.process, at_);
      if (!text.empty()) text += ", ";
      text += Tell(scene_.ShortNameOf(holding.process, &at_)) + " " + std::to_string(holding.fd);
      if (state != nullptr && IsKept(scene_, *state, holding.fd, at_)) text += " (!)";
    }
    return text.empty() ? Tell(Msg("nobody")) : text;
  }

  const evaluate::Scene& scene_;
  const Snapshot& at_;
  const size_t indent_;
  const size_t width_;
  const bool colour_;
  const Translator& translator_;
  std::map<int, std::string> joints_;  // by object
  std::string out_;
};

}  // namespace

std::string Wiring(const evaluate::Scene& scene, const Snapshot& at, size_t indent, size_t width,
                   bool colour, const Translator& translator) {
  return Drawing(scene, at, indent, width, colour, translator).Draw();
}

}  // namespace plumbline::report
