// SPDX-License-Identifier: MIT
#include "cli/isolation.h"

#include <chrono>
#include <utility>

namespace plumbline::cli {
namespace {

// To make one sandbox.
constexpr std::chrono::seconds kOfferDeadline(30);
constexpr char kDoctor[] = "plumbline doctor says what is missing and how to get it";

std::unexpected<Stop> NotHere(std::string message, std::string hint) {
  return std::unexpected(Stop(Error{std::move(message), std::move(hint)}));
}

}  // namespace

std::optional<sandbox::Rung> RungNamed(std::string_view name) {
  using enum sandbox::Rung;
  for (const sandbox::Rung rung : {kA, kB, kC, kUnsafe}) {
    if (name == sandbox::ToString(rung)) return rung;
  }
  return std::nullopt;
}

namespace {

std::optional<Need> UseOf(const spec::Scenario& scenario) {
  const std::string where = "scenario '" + scenario.name + "' ";
  for (const spec::Peer& peer : scenario.peers) {
    if (peer.port != 0) return Need{where + "has a peer at a port", peer.mark};
    if (!peer.path.empty()) return Need{where + "has a peer behind a UNIX socket", peer.mark};
  }
  for (const spec::Step& step : scenario.steps) {
    const auto* connect = std::get_if<spec::Connect>(&step.action);
    const auto* listening = std::get_if<spec::AwaitListening>(&step.action);
    if ((connect != nullptr && connect->port != 0) ||
        (listening != nullptr && listening->port != 0))
      return Need{where + "connects to a port of the program", step.mark};
    const bool by_path =
        connect != nullptr && connect->port == 0 && connect->purpose == spec::Connect::For::kBoth;
    if (by_path || listening != nullptr)
      return Need{where + "connects to the program by a UNIX socket", step.mark};
  }
  return std::nullopt;
}

std::optional<Need> NeedOf(const spec::Clause& clause) {
  if (clause.kind != "memory.left") return std::nullopt;
  return Need{"the check 'memory.left' looks for objects that the whole machine shares",
              clause.mark};
}

std::optional<Need> NeedOf(const spec::Requirement& requirement) {
  if (const auto* clause = std::get_if<spec::Clause>(&requirement)) return NeedOf(*clause);
  for (const auto& alternative : std::get<spec::AnyOf>(requirement).alternatives) {
    for (const spec::Clause& clause : alternative) {
      if (auto need = NeedOf(clause)) return need;
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<Need> NeedOfNamespaces(const spec::Exercise& exercise) {
  for (const spec::Check& check : exercise.checks) {
    for (const spec::Requirement& requirement : check.requirements) {
      if (auto need = NeedOf(requirement)) return need;
    }
  }
  return std::nullopt;
}

std::optional<Need> UseOfSockets(const spec::Exercise& exercise) {
  for (const std::string& name : exercise.scenario_order) {
    if (auto use = UseOf(exercise.scenarios.at(name))) return use;
  }
  return std::nullopt;
}

std::string RungRequiredBy(const spec::Exercise& exercise) {
  const std::optional<sandbox::Rung> said = RungNamed(exercise.requires_rung);
  const bool enough = said && *said <= sandbox::Rung::kB;
  return enough || !NeedOfNamespaces(exercise) ? exercise.requires_rung : "B";
}

Outcome<sandbox::Rung> ChooseRung(const std::string& wanted, const std::string& required,
                                  sandbox::Rung best, const std::string& reason) {
  const std::optional<sandbox::Rung> named = RungNamed(wanted);
  const sandbox::Rung rung = named.value_or(best);
  if (rung < best)
    return NotHere("isolation " + wanted + " cannot be had on this machine; the best here is " +
                       sandbox::ToString(best),
                   kDoctor);
  if (rung == sandbox::Rung::kUnsafe && !named)
    return NotHere("this machine offers no isolation, and a student's program may do anything",
                   std::string(kDoctor) + "; --isolation unsafe runs it all the same");
  const std::optional<sandbox::Rung> least = RungNamed(required);
  if (least && rung > *least)
    return NotHere("this exercise needs isolation " + required + ", and the run would have " +
                       sandbox::ToString(rung) + (reason.empty() ? "" : ": " + reason),
                   kDoctor);
  return rung;
}

namespace {

// Asked for A, a supervisor is lost for C: nobody is asked who wants that.
Outcome<sandbox::Rung> BestOf(Crew& crew, const std::string& wanted,
                              const std::vector<std::string>& hidden_paths) {
  const std::optional<sandbox::Rung> named = RungNamed(wanted);
  if (named && *named > sandbox::Rung::kB) return sandbox::BestRung();
  std::vector<Job> jobs(1);
  jobs.front() = {scenario::Offer{hidden_paths}, "the first sandbox", kOfferDeadline};
  const auto answers = crew.Do(std::move(jobs));
  if (!answers) return std::unexpected(Stop::By(answers.error().signal));
  const auto* offered = std::get_if<scenario::Offered>(&answers->front());
  return offered ? offered->rung : sandbox::BestRung();
}

}  // namespace

Outcome<sandbox::Rung> ChooseRung(Crew& crew, const std::string& wanted,
                                  const std::string& required,
                                  const std::vector<std::string>& hidden_paths,
                                  const std::string& reason) {
  TRY_ASSIGN(const sandbox::Rung best, BestOf(crew, wanted, hidden_paths));
  return ChooseRung(wanted, required, best, reason);
}

}  // namespace plumbline::cli
