// SPDX-License-Identifier: MIT
// Values for the tests of what travels to a supervisor: every step, peer, file kind and alteration
// once, no member at its default where it can be helped.
#pragma once

#include <string>

#include "scenario/protocol.h"

namespace plumbline::scenario {

inline const std::string kBinary("\0\xff\xc3\n{n}", 7);

inline spec::Text AllPieces() {
  using Kind = spec::TextPiece::Kind;
  return {{{Kind::kText, "pid {submission.pid}\n", 0, 0},
           {Kind::kRaw, kBinary, 0, 0},
           {Kind::kBytes, "", uint64_t{1} << 40, 0},
           {Kind::kLine, "", 4096, 0},
           {Kind::kNumbered, "line {n}\n", 0, 9}}};
}

inline spec::WhoList AllWho() {
  using Base = spec::Who::Base;
  using Step = spec::Who::Step;
  const spec::Who child{
      Base::kProgram, "cat", 0, 2, {{Step::kChild, 3}, {Step::kDescendants, 0}}, {}, "cat#2/3/**"};
  const spec::Who port{Base::kListensPort, "", 8080, 0, {}, {}, "listens:8080"};
  const spec::Who group{Base::kGroup, "cat#2/3/**", 0, 0, {}, {child}, "group:cat#2/3/**"};
  return {child,
          port,
          group,
          {Base::kHolds, "/lab/x", 0, 0, {{Step::kChildren, 0}}, {}, "holds:/lab/x/*"}};
}

inline std::vector<spec::Step> AllSteps() {
  using namespace spec;
  const Duration within = std::chrono::seconds(7);
  const Input input{Input::Kind::kText, AllPieces(), "in"};
  const std::vector<Action> actions{
      AwaitAsleep{},
      AwaitBlocked{},
      AwaitExit{AllWho(), within},
      AwaitStopped{AllWho(), {}},
      AwaitAlive{AllWho(), {1, 3}, within},
      AwaitListening{7, "/lab/S", within},
      AwaitOutput{AllPieces(), "second.stdout", within},
      TakeSnapshot{"running"},
      Connect{"a", 7, "F", Connect::For::kWriting, 50, within},
      Accept{"server", "s", within},
      Send{"a", AllPieces(), 3},
      Receive{"a", AllPieces(), AllPieces(), 9, true, within},
      Shutdown{"a"},
      Close{"b"},
      Reset{"c"},
      Press{{"ctrl-z", "enter", "q"}},
      SendSignal{10, AllWho()},
      ChangeFile{"words", ChangeFile::Action::kReplace, AllPieces()},
      Start{"second",
            "client",
            {"xinetd", "-d"},
            "ref",
            {"7"},
            input,
            {Output::Kind::kFile, "out"},
            true,
            {{"A", kBinary}}},
      Hold{AllWho(), "start"},
      Release{AllWho()},
      Advance{within},
  };
  std::vector<Step> steps;
  for (const Action& action : actions) steps.push_back({action, "step " + kBinary, {12, 34}});
  return steps;
}

inline spec::Scenario FullScenario() {
  using namespace spec;
  Scenario scenario;
  scenario.name = "counts";
  scenario.program = "server";
  scenario.args = {"words", kBinary};
  for (const auto kind : {FileSpec::Kind::kFile, FileSpec::Kind::kFifo, FileSpec::Kind::kDirectory,
                          FileSpec::Kind::kSocket, FileSpec::Kind::kLink})
    scenario.files.push_back({"f{n}", kind, AllPieces(), "target", 0600, 4});
  scenario.input = {Input::Kind::kFile, AllPieces(), "words"};
  scenario.output = {Output::Kind::kClosed, "out"};
  scenario.terminal = true;
  scenario.env = {{"A", "1"}, {kBinary, "2"}};
  scenario.clock = "2030-01-01T00:00:00Z";
  scenario.hide = {"sort"};
  scenario.alter = {FailCall{"fork", AllWho(), 11, 2}, ChangeExit{AllWho(), 3, 9}};
  for (int kind = 0; kind <= static_cast<int>(Peer::Kind::kProgram); ++kind)
    scenario.peers.push_back({"p" + std::to_string(kind),
                              static_cast<Peer::Kind>(kind),
                              7,
                              "/lab/S",
                              3,
                              {"xinetd"},
                              "ref",
                              {"-d"},
                              scenario.input,
                              {3, 4}});
  for (int kind = 0; kind <= static_cast<int>(Perturbation::Kind::kSmallWorld); ++kind)
    scenario.under.push_back({static_cast<Perturbation::Kind>(kind), 20 + kind, {7, 8}});
  scenario.steps = AllSteps();
  scenario.mark = {5, 6};
  return scenario;
}

inline build::Runnable ARunnable() {
  return {{{"main.py", kBinary, true}, {"lib/x.py", "", false}},
          {"/usr/bin/python3", "/program/main.py"}};
}

inline Plan FullPlan() {
  Plan plan;
  plan.exercise = "pipe-chain";
  plan.exercise_hash = "e1";
  plan.artifact_hash = "a1";
  plan.language = "py";
  plan.version = "0.1.0";
  plan.scenario = FullScenario();
  plan.limits = {std::chrono::seconds(5), std::chrono::hours(2), MiB(7), 8, 9, MiB(10), KiB(11)};
  plan.observe = {record::Facet::kTransfers, record::Facet::kUsage};
  plan.programs = {{"server", ARunnable()}, {"client", {}}};
  plan.solutions = {{"ref", ARunnable()}};
  plan.main_program = "server";
  plan.rung = sandbox::Rung::kC;
  plan.perturbation = "signals:4=1";
  plan.seed = UINT64_MAX;
  plan.wall_limit = std::chrono::milliseconds(1234);
  plan.hidden_paths = {"/usr/share/plumbline/exercises"};
  plan.late = true;
  plan.followed = true;
  return plan;
}

inline build::Request FullRequest() {
  return {.submission = {{{"main.c", kBinary, false}}, "h1"},
          .language = "c",
          .programs = {{"server", {"server*"}}, {"client", {}}},
          .cache = "/cache",
          .rung = sandbox::Rung::kA,
          .hidden_paths = {"/usr/share/plumbline/exercises"}};
}

inline build::Report FullReport() {
  return {.ok = true,
          .command = "gcc -o x main.c",
          .cached = true,
          .diagnostics = {{"main.c", 3, 4, "warning", kBinary}},
          .log = kBinary,
          .artifact = {{{"server", ARunnable()}}, "a1"}};
}

}  // namespace plumbline::scenario
