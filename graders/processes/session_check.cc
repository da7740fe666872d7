// SPDX-License-Identifier: MIT
#include "graders/processes/session_check.h"

#include <algorithm>
#include <string>
#include <vector>

#include "evaluate/parameters.h"
#include "evaluate/reach.h"

namespace plumbline::graders::processes {
namespace {

spec::KindTable Table() {
  return {
      .name = "processes.session",
      .doc = "Passes when the process is in a group or session of its own.",
      .params = {evaluate::AtParam(), evaluate::WhoParam(),
                 evaluate::IsParam({{"own-group", "not in the process group of the start"},
                                    {"own-session", "not in the session of the start"},
                                    {"detached", "in another session and without a terminal"}})},
      .findings = {{"not-detached", "It is still in the group or session, or has the terminal."},
                   evaluate::NobodyFinding()}};
}

std::set<record::Facet> Needs(const spec::Params&) { return {}; }

using evaluate::Msg;
using record::ProcessStateAt;

// Where the submission was when it started: what has to be left.
struct Start {
  Pid group;
  Pid session;
};

evaluate::Reached<Start> StartOf(const evaluate::Scene& scene) {
  const auto start = evaluate::SnapshotNamed(scene, "start");
  if (!start) return std::unexpected(start.error());
  const auto submission = evaluate::Everybody(scene, {spec::Who{}}, *start);
  if (!submission) return std::unexpected(submission.error());
  const ProcessStateAt* state = scene.StateAt(submission->front(), **start);
  return Start{state->group, state->session};
}

bool IsSo(const ProcessStateAt& state, const Start& start, const std::string& word) {
  if (word == "own-group") return state.group != start.group;
  const bool own_session = state.session != start.session;
  return word == "own-session" ? own_session : own_session && !state.has_terminal;
}

std::vector<evaluate::Message> Evidence(const ProcessStateAt& state, const Start& start) {
  std::vector<evaluate::Message> evidence;
  if (state.group == start.group) {
    evidence.push_back(
        Msg("It is in the process group of the start ({group}).", {{"group", start.group.value}}));
  }
  if (state.session == start.session) {
    evidence.push_back(
        Msg("It is in the session of the start ({session}).", {{"session", start.session.value}}));
  }
  if (state.has_terminal) evidence.push_back(Msg("It still has a controlling terminal."));
  return evidence;
}

evaluate::Judgement Judge(const evaluate::Scene& scene, const spec::Params& params) {
  const auto at = evaluate::SnapshotAt(scene, params);
  if (!at) return at.error();
  const auto who = evaluate::Everybody(scene, params.Get<spec::WhoList>("who"), *at);
  if (!who) return who.error();
  const auto start = StartOf(scene);
  if (!start) return start.error();
  const auto& words = params.Get<std::vector<std::string>>("is");
  for (const record::ProcessIndex process : *who) {
    const ProcessStateAt& state = *scene.StateAt(process, **at);
    const auto so = [&](const std::string& word) { return IsSo(state, *start, word); };
    if (std::ranges::any_of(words, so)) continue;
    return evaluate::Finding{
        .code = "not-detached",
        .what =
            Msg("{who} has not left where it was started.", {{"who", scene.NameOf(process, *at)}}),
        .evidence = Evidence(state, *start),
        .why = Msg("setsid() makes a new session, without a terminal, but not for the leader of a "
                   "process group."),
        .next = Msg("Call fork(), let the parent end, and call setsid() in the child.")};
  }
  return evaluate::Pass{};
}

}  // namespace

evaluate::CheckKind Session() { return evaluate::Observing<Needs, Judge>(Table()); }

}  // namespace plumbline::graders::processes
