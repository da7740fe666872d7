// SPDX-License-Identifier: MIT
#include "graders/processes/tree_check.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <vector>

#include "base/text.h"
#include "evaluate/parameters.h"
#include "evaluate/reach.h"

namespace plumbline::graders::processes {
namespace {

spec::KindTable Table() {
  return {
      .name = "processes.tree",
      .doc =
          "Passes when the living processes form a tree of the same shape; labels and order are "
          "free.",
      .params =
          {evaluate::AtParam(),
           evaluate::Required(
               {.name = "tree",
                .type = spec::ParamType::kTree,
                .doc = "The shape, from the submission down: {submission: {A: {C: {}}, B: {}}}."})},
      .findings = {{"wrong-tree", "The tree has another shape."}}};
}

std::set<record::Facet> Needs(const spec::Params&) { return {}; }

using evaluate::Msg;
using record::ProcessIndex;

// The living processes of the student's by their parents at a snapshot.
struct Forest {
  const evaluate::Scene& scene;
  const record::Snapshot& at;

  bool Counts(const record::ProcessStateAt& state) const {
    const auto& self = scene.recording().processes[static_cast<size_t>(state.process)];
    return state.state != record::ProcessState::kZombie && !self.internal && !self.peer;
  }
  std::vector<ProcessIndex> ChildrenOf(ProcessIndex parent) const {
    std::vector<ProcessIndex> children;
    for (const record::ProcessStateAt& state : at.processes) {
      if (state.parent == parent && Counts(state)) children.push_back(state.process);
    }
    return children;
  }
};

// A shape as text that is the same for the same shape: the children's in order of their text.
std::string Shape(const spec::Tree& tree) {
  std::vector<std::string> shapes;
  shapes.reserve(tree.children.size());
  for (const spec::Tree& child : tree.children) shapes.push_back(Shape(child));
  std::ranges::sort(shapes);
  std::string text = "(";
  for (const std::string& shape : shapes) text += shape;
  return text + ")";
}

// The tree below a process; labels are PIDs. A process is not its own descendant, whatever a broken
// recording says: `left` bounds the walk.
spec::Tree TreeOf(const Forest& forest, ProcessIndex root, size_t left) {
  spec::Tree tree;
  tree.label =
      std::to_string(forest.scene.recording().processes[static_cast<size_t>(root)].pid.value);
  if (left == 0) return tree;
  for (const ProcessIndex child : forest.ChildrenOf(root)) {
    tree.children.push_back(TreeOf(forest, child, left - 1));
  }
  return tree;
}

// "submission(A(C) B)".
std::string Drawn(const spec::Tree& tree) {
  std::string text = Escaped(tree.label);
  if (tree.children.empty()) return text;
  text += "(";
  for (const spec::Tree& child : tree.children)
    text += (text.ends_with('(') ? "" : " ") + Drawn(child);
  return text + ")";
}

std::vector<evaluate::Message> Parents(const Forest& forest) {
  std::vector<evaluate::Message> evidence;
  for (const record::ProcessStateAt& state : forest.at.processes) {
    if (!forest.Counts(state) || evidence.size() == 10) continue;
    const auto& self = forest.scene.recording().processes[static_cast<size_t>(state.process)];
    const evaluate::Message who = forest.scene.NameOf(state.process, &forest.at);
    if (state.parent == record::kGrader && self.parent != record::kGrader) {
      evidence.push_back(Msg("{who} has lost its parent and was adopted.", {{"who", who}}));
    } else if (state.parent != record::kGrader) {
      evidence.push_back(
          Msg("The parent of {who} is {parent}.",
              {{"who", who}, {"parent", forest.scene.NameOf(state.parent, &forest.at)}}));
    }
  }
  return evidence;
}

evaluate::Judgement Judge(const evaluate::Scene& scene, const spec::Params& params) {
  const auto at = evaluate::SnapshotAt(scene, params);
  if (!at) return at.error();
  const auto& wanted = params.Get<spec::Tree>("tree");
  const Forest forest{scene, **at};
  const auto roots = scene.Resolve(spec::Who{}, *at);  // the submission
  evaluate::Finding finding{
      .code = "wrong-tree",
      .what = Msg("At '{snapshot}' the processes do not form the tree that was asked for.",
                  {{"snapshot", (*at)->name}}),
      .evidence = {Msg("Expected: {expected}", {{"expected", Drawn(wanted)}})},
      .why = Msg("fork() makes a child of whoever calls it; a child that goes on in a loop makes "
                 "children of its own."),
      .next =
          Msg("Look which process calls fork() each time, and whether the parents still live.")};
  if (!roots.empty()) {
    const spec::Tree found = TreeOf(forest, roots.front(), (*at)->processes.size());
    if (Shape(found) == Shape(wanted)) return evaluate::Pass{};
    finding.evidence.push_back(Msg("Got, by PID: {got}", {{"got", Drawn(found)}}));
  } else {
    finding.evidence.push_back(Msg("Your program itself had already ended."));
  }
  std::ranges::move(Parents(forest), std::back_inserter(finding.evidence));
  return finding;
}

}  // namespace

evaluate::CheckKind Tree() { return evaluate::Observing<Needs, Judge>(Table()); }

}  // namespace plumbline::graders::processes
