// SPDX-License-Identifier: MIT
#include "report/mermaid.h"

#include <fmt/core.h>

#include <set>
#include <string_view>

#include "report/exchanges.h"
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

const char* ArrowFor(Exchange::Kind kind) {
  switch (kind) {
    case Exchange::Kind::kMade:
      return "->>";
    case Exchange::Kind::kSignalled:
      return "-)";
    case Exchange::Kind::kReaped:
      break;
  }
  return "-->>";
}

// -1 is the exercise.
std::string IdOf(ProcessIndex process) {
  return process < 0 ? "exercise" : "p" + std::to_string(process);
}

}  // namespace

std::string MermaidWiring(const PlumbingMap& map) { return Flowchart(map).Draw(); }

std::string MermaidSequence(const evaluate::Scene& scene, const Translator& translator) {
  std::set<ProcessIndex> seen;
  std::string arrows;
  size_t count = 0;
  for (const Exchange& one : ExchangesOf(scene.recording())) {
    if (++count > kMostArrows) break;
    seen.insert({one.from, one.to});
    arrows += fmt::format("  {}{}{}: {}\n", IdOf(one.from), ArrowFor(one.kind), IdOf(one.to),
                          Text(one.text));
  }
  if (arrows.empty()) return "";
  std::string out = "sequenceDiagram\n";
  for (const ProcessIndex process : seen) {
    const auto name = process < 0 ? evaluate::Msg("the exercise") : scene.NameOf(process);
    out += fmt::format("  participant {} as {}\n", IdOf(process),
                       Text(SafeLines(translator.Tell(name))));
  }
  return out + arrows;
}

}  // namespace plumbline::report
