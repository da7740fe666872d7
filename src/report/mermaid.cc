// SPDX-License-Identifier: MIT
#include "report/mermaid.h"

#include <fmt/core.h>
#include <sys/wait.h>

#include <set>
#include <string_view>
#include <variant>
#include <vector>

#include "base/signals.h"
#include "report/layout.h"

namespace plumbline::report {
namespace {

using record::ProcessIndex;

constexpr size_t kMostArrows = 60;

// Nothing in a text means anything but itself: `#` begins an entity, `;` ends one or a statement.
std::string Text(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool plain = (static_cast<unsigned char>(c) & 0x80) != 0 || (c >= '0' && c <= '9') ||
                       (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == ' ' || c == '.' ||
                       c == ',' || c == '/' || c == '(' || c == ')' || c == '-' || c == '_';
    out += plain ? std::string(1, c) : "#" + std::to_string(static_cast<int>(c)) + ";";
  }
  return out;
}

class Flowchart {
 public:
  explicit Flowchart(const PlumbingMap& map) : map_(map) {}

  std::string Draw() {
    if (map_.joints.empty()) return "";
    out_ = "flowchart LR\n";
    for (size_t i = 0; i < map_.boxes.size(); ++i)
      out_ += fmt::format("  p{}[\"{}\"]\n", i, Text(map_.boxes[i].title));
    for (size_t i = 0; i < map_.joints.size(); ++i) {
      const bool memory = map_.joints[i].kind == PlumbingMap::Joint::Kind::kMemory;
      out_ += fmt::format("  j{}{}\"{}\"{}\n", i, memory ? "[(" : "([", Text(map_.joints[i].name),
                          memory ? ")]" : "])");
    }
    for (size_t i = 0; i < map_.boxes.size(); ++i) EndsOf(i);
    if (!spare_.empty())
      out_ += fmt::format("  linkStyle {} stroke:#c00,stroke-width:3px\n", spare_);
    return out_;
  }

 private:
  void EndsOf(size_t box) {
    for (const PlumbingMap::End& end : map_.boxes[box].ends) {
      if (end.joint < 0) continue;
      const std::string label = std::to_string(end.fd) + (end.spare ? " ✗" : "");
      const std::string line = end.spare ? "-.-" : "--";
      const std::string process = "p" + std::to_string(box);
      const std::string joint = "j" + std::to_string(end.joint);
      const bool both = end.reads && end.writes;
      Link(fmt::format("{} {}{}>|\"{}\"| {}", end.writes ? process : joint, both ? "<" : "", line,
                       label, end.writes ? joint : process),
           end.spare);
    }
    for (const int joint : map_.boxes[box].memory)
      Link(fmt::format("p{} --- j{}", box, joint), false);
  }

  void Link(const std::string& link, bool spare) {
    out_ += "  " + link + "\n";
    if (spare) spare_ += (spare_.empty() ? "" : ",") + std::to_string(links_);
    ++links_;
  }

  const PlumbingMap& map_;
  std::string out_;
  std::string spare_;  // numbers of links
  size_t links_ = 0;
};

class Sequence {
 public:
  Sequence(const evaluate::Scene& scene, const Translator& translator)
      : scene_(scene), translator_(translator) {}

  std::string Draw() {
    for (const record::Event& event : scene_.recording().events) {
      if (arrows_ == kMostArrows) break;
      std::visit([&](const auto& what) { Take(event.actor, what); }, event.what);
    }
    if (arrows_ == 0) return "";
    std::string out = "sequenceDiagram\n";
    for (const ProcessIndex process : seen_)
      out += fmt::format("  participant p{} as {}\n", process,
                         Text(SafeLines(translator_.Tell(scene_.NameOf(process)))));
    return out + lines_;
  }

 private:
  void Take(ProcessIndex actor, const record::Born& born) {
    Arrow(actor, "->>", born.child, born.how == record::Born::How::kVfork ? "vfork()" : "fork()");
  }
  void Take(ProcessIndex actor, const record::SignalSent& sent) {
    for (const ProcessIndex to : sent.to) Arrow(actor, "-)", to, SignalName(sent.signal));
  }
  void Take(ProcessIndex actor, const record::Reaped& reaped) {
    const int status = reaped.wait_status;
    Arrow(reaped.child, "-->>", actor,
          WIFSIGNALED(status) ? SignalName(WTERMSIG(status))
                              : "exit " + std::to_string(WEXITSTATUS(status)));
  }
  void Take(ProcessIndex, const auto&) {}

  void Arrow(ProcessIndex from, const char* arrow, ProcessIndex to, const std::string& text) {
    if (from < 0 || to < 0 || arrows_ == kMostArrows) return;
    seen_.insert({from, to});
    lines_ += fmt::format("  p{}{}p{}: {}\n", from, arrow, to, Text(text));
    ++arrows_;
  }

  const evaluate::Scene& scene_;
  const Translator& translator_;
  std::set<ProcessIndex> seen_;
  std::string lines_;
  size_t arrows_ = 0;
};

}  // namespace

std::string MermaidWiring(const PlumbingMap& map) { return Flowchart(map).Draw(); }

std::string MermaidSequence(const evaluate::Scene& scene, const Translator& translator) {
  return Sequence(scene, translator).Draw();
}

}  // namespace plumbline::report
