// SPDX-License-Identifier: MIT
// Whether a run came as far as a check looks: its snapshots, its processes, what was observed. Each
// function gives what was asked for or the judgement that follows from its absence.
#pragma once

#include <expected>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "evaluate/check_kind.h"

namespace plumbline::evaluate {

template <typename T>
using Reached = std::expected<T, Judgement>;

// The snapshot of this name; NotReached, with the reason, if the run ended before it.
Reached<const record::Snapshot*> SnapshotNamed(const Scene& scene, const std::string& name);
// The one that `at` names, and the two of `between`. REQUIRES: the table has the parameter.
Reached<const record::Snapshot*> SnapshotAt(const Scene& scene, const spec::Params& params);
Reached<std::pair<const record::Snapshot*, const record::Snapshot*>> SnapshotsBetween(
    const Scene& scene, const spec::Params& params);

// The processes of a `who`; an entry that matches nobody is the finding `nobody` (NotReached if the
// scenario had yet to start it). Without `at`: over the whole run.
Reached<std::vector<record::ProcessIndex>> Everybody(const Scene& scene, const spec::WhoList& who,
                                                     const record::Snapshot* at);
// The same where a count may be 0: then nobody is a right answer.
Reached<std::vector<record::ProcessIndex>> Everybody(const Scene& scene, const spec::WhoList& who,
                                                     const record::Snapshot* at,
                                                     const spec::Range& count);
Judgement Nobody(const Scene& scene, const spec::Who& who, const record::Snapshot* at);

// Why the run ended when it did: one sentence.
Message WhyItEnded(const Scene& scene);
// Whether the program hung: nothing could move, a limit was reached, or a wait for its end was in
// vain. False as well if it ended, or if the scenario could not go on for another reason.
bool Hung(const Scene& scene);
// NotReached if the scenario could not go on and ended the run while the submission still lived:
// what a program leaves behind and how it ends was then never seen.
std::optional<NotReached> CutShort(const Scene& scene);

// The events before `at` (nothing: all).
std::span<const record::Event> EventsUntil(const Scene& scene, const record::Snapshot* at);
// How a process ended before `until` (nothing: before the snapshot `end`; whom the grader itself
// ended afterwards did not end). Nothing if it lived.
const record::Exited* ExitOf(const Scene& scene, record::ProcessIndex process,
                             const record::Snapshot* until = nullptr);

// Unjudgeable, "run it again", if the recording lacks one of these.
std::optional<Unjudgeable> Unobserved(const Scene& scene, const std::set<record::Facet>& needs);

// A kind whose judge is only asked about recordings that observed what it needs.
template <auto needs, auto judge>
CheckKind Observing(spec::KindTable table) {
  return {std::move(table), needs, [](const Scene& scene, const spec::Params& params) -> Judgement {
            if (auto blind = Unobserved(scene, needs(params))) return std::move(*blind);
            return judge(scene, params);
          }};
}

}  // namespace plumbline::evaluate
