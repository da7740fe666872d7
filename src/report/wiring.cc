// SPDX-License-Identifier: MIT
#include "report/wiring.h"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "report/layout.h"
#include "report/plumbing_map.h"

namespace plumbline::report {
namespace {

using evaluate::Msg;
using Box = PlumbingMap::Box;
using End = PlumbingMap::End;
using Joint = PlumbingMap::Joint;

constexpr size_t kMostBoxes = 12;
constexpr size_t kMostEnds = 16;

class Drawing {
 public:
  Drawing(const evaluate::Scene& scene, const record::Snapshot& at, size_t indent, size_t width,
          bool colour, const Translator& translator)
      : map_(PlumbingAt(scene, at, translator)),
        scene_(scene),
        at_(at),
        indent_(indent),
        width_(width),
        colour_(colour),
        translator_(translator) {}

  std::string Draw() {
    if (map_.joints.empty()) return "";
    size_t boxes = 0;
    for (const Box& box : map_.boxes) {
      if ((box.joined || !box.memory.empty()) && ++boxes <= kMostBoxes) Tell(box);
    }
    if (boxes > kMostBoxes) {
      Line(Tell(Msg("… more processes: {count}", {{"count", boxes - kMostBoxes}})));
    }
    for (size_t i = 0; i < map_.joints.size(); ++i) Tell(map_.joints[i], static_cast<int>(i));
    return std::move(out_);
  }

 private:
  // --- Boxes.
  struct Row {
    std::string text;
    bool marked = false;
  };

  void Tell(const Box& box) {
    const std::vector<Row> rows = RowsOf(box);
    size_t inner = Columns(box.title);
    for (const Row& row : rows) inner = std::max(inner, Columns(row.text));
    std::string bar;
    for (size_t i = 0; i < inner + 2; ++i) bar += "─";
    Line("┌" + bar + "┐");
    Line("│ " + Painted(Padded(box.title, inner), Paint::kStrong, colour_) + " │");
    for (const Row& row : rows) {
      const Paint paint = row.marked ? Paint::kBad : Paint::kPlain;
      Line("│ " + Painted(Padded(row.text, inner), paint, colour_) + " │");
    }
    Line("└" + bar + "┘");
  }

  std::vector<Row> RowsOf(const Box& box) const {
    std::vector<Row> rows;
    for (const End& end : box.ends) {
      if (rows.size() == kMostEnds) {
        rows.push_back({"…"});
        break;
      }
      std::string text = Padded(std::to_string(end.fd), 3) + Arrow(end) + " " + end.name;
      if (end.spare) text += "  ! " + Tell(Msg("kept open, not used"));
      rows.push_back({std::move(text), end.spare});
    }
    for (const int joint : box.memory)
      rows.push_back({"   ↔ " + map_.joints[static_cast<size_t>(joint)].name});
    return rows;
  }

  static std::string Arrow(const End& end) {
    return end.reads && end.writes ? "↔" : end.writes ? "→" : "←";
  }

  // --- Who is at a joint: "pipe A: cat 1 → sort 0", with every holder of either end.
  void Tell(const Joint& joint, int index) {
    std::string text;
    if (joint.kind == Joint::Kind::kMemory) {
      for (const Box& box : map_.boxes) {
        if (std::ranges::find(box.memory, index) != box.memory.end())
          text += (text.empty() ? "" : ", ") + NameOf(box);
      }
    } else if (joint.other == 0) {
      text = Side(joint.object, &End::writes) + " → " + Side(joint.object, &End::reads);
    } else {
      text = Side(joint.object, &End::writes) + " ↔ " + Side(joint.other, &End::writes);
    }
    Line(Wrapped(joint.name + ": " + text, width_, indent_ + 4, indent_));
  }

  std::string Side(int object, bool End::* way) const {
    std::string text;
    for (const Box& box : map_.boxes) {
      for (const End& end : box.ends) {
        if (end.object != object || !(end.*way)) continue;
        if (!text.empty()) text += ", ";
        text += NameOf(box) + " " + std::to_string(end.fd) + (end.spare ? " (!)" : "");
      }
    }
    return text.empty() ? Tell(Msg("nobody")) : text;
  }

  std::string NameOf(const Box& box) const { return Tell(scene_.ShortNameOf(box.process, &at_)); }

  // --- Lines.
  std::string Tell(const evaluate::Message& message) const {
    return SafeLines(translator_.Tell(message));
  }
  void Line(const std::string& text) { out_ += std::string(indent_, ' ') + text + '\n'; }

  const PlumbingMap map_;
  const evaluate::Scene& scene_;
  const record::Snapshot& at_;
  const size_t indent_;
  const size_t width_;
  const bool colour_;
  const Translator& translator_;
  std::string out_;
};

}  // namespace

std::string Wiring(const evaluate::Scene& scene, const record::Snapshot& at, size_t indent,
                   size_t width, bool colour, const Translator& translator) {
  return Drawing(scene, at, indent, width, colour, translator).Draw();
}

}  // namespace plumbline::report
