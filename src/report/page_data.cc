// SPDX-License-Identifier: MIT
#include "report/page_data.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <vector>

#include "base/text.h"
#include "evaluate/explain.h"
#include "report/drawn_run.h"
#include "report/layout.h"
#include "report/page_given.h"
#include "report/page_timeline.h"
#include "report/page_words.h"
#include "report/plumbing_map.h"

namespace plumbline::report {
namespace {

using Json = nlohmann::ordered_json;
using record::ProcessIndex;
using record::ProcessState;
using record::ProcessStateAt;
using record::Recording;
using record::Snapshot;

const char* WordOf(PlumbingMap::Joint::Kind kind) {
  switch (kind) {
    case PlumbingMap::Joint::Kind::kPipe:
      return "pipe";
    case PlumbingMap::Joint::Kind::kFifo:
      return "fifo";
    case PlumbingMap::Joint::Kind::kSockets:
      return "sockets";
    case PlumbingMap::Joint::Kind::kMemory:
      break;
  }
  return "memory";
}

const char* WordOf(ProcessState state) {
  switch (state) {
    case ProcessState::kRunning:
      return "running";
    case ProcessState::kAsleep:
      return "asleep";
    case ProcessState::kStopped:
      return "stopped";
    case ProcessState::kZombie:
      return "zombie";
    case ProcessState::kHeld:
      break;
  }
  return "held";
}

constexpr size_t kMostOfStream = 64 << 10;
constexpr size_t kMostOfLine = 2000;

// One run.
class Run {
 public:
  Run(const Reported& reported, const Recording& recording, bool drawn)
      : recording_(recording),
        drawn_(drawn),
        scene_(reported.exercise, recording),
        translator_(reported.translator),
        timeline_(scene_, translator_) {}

  Json Data() const {
    return {{"scenario", Escaped(recording_.header.scenario)},
            {"perturbation", Escaped(recording_.header.perturbation)},
            {"drawn", drawn_},
            {"snapshots", Snapshots()},
            {"lanes", timeline_.Lanes()},
            {"events", timeline_.Events()},
            {"leftOut", timeline_.left_out()},
            {"spans", timeline_.Spans()},
            {"streams", Streams()}};
  }

 private:
  std::string Tell(const evaluate::Message& message) const {
    return SafeLines(translator_.Tell(message));
  }

  // As far as a page has room.
  Json Streams() const {
    Json list = Json::array();
    for (const auto& [name, stream] : recording_.streams) {
      const std::string_view kept = std::string_view(stream.bytes).substr(0, kMostOfStream);
      Json lines = Json::array();
      for (const std::string_view line : Lines(kept)) lines.push_back(Escaped(line, kMostOfLine));
      list.push_back({{"name", Escaped(name)},
                      {"total", stream.total},
                      {"cut", stream.cut || kept.size() < stream.bytes.size()},
                      {"newline", kept.empty() || kept.ends_with('\n')},
                      {"lines", std::move(lines)}});
    }
    return list;
  }

  Json Snapshots() const {
    std::vector<const Snapshot*> all;
    for (const auto& [name, snapshot] : recording_.snapshots) all.push_back(&snapshot);
    std::ranges::stable_sort(all, {}, &Snapshot::event);
    Json list = Json::array();
    for (const Snapshot* at : all) list.push_back(Of(*at));
    return list;
  }

  Json Of(const Snapshot& at) const {
    const PlumbingMap map = PlumbingAt(scene_, at, translator_);
    Json joints = Json::array();
    for (const auto& joint : map.joints)
      joints.push_back({{"kind", WordOf(joint.kind)}, {"name", joint.name}});
    Json boxes = Json::array();
    for (const auto& box : map.boxes) boxes.push_back(Of(box, at, map));
    return {{"name", Escaped(at.name)},
            // Its own event, so that a moment's cursor stands on it.
            {"position", timeline_.PositionOf(at.event)},
            {"time", Seconds(at.time)},
            {"joints", std::move(joints)},
            {"boxes", std::move(boxes)}};
  }

  Json Of(const PlumbingMap::Box& box, const Snapshot& at, const PlumbingMap& map) const {
    const ProcessStateAt* state = scene_.StateAt(box.process, at);
    Json ends = Json::array();
    for (const auto& end : box.ends) {
      const bool second =
          end.joint >= 0 && map.joints[static_cast<size_t>(end.joint)].other == end.object;
      ends.push_back({{"fd", end.fd},
                      {"reads", end.reads},
                      {"writes", end.writes},
                      {"joint", end.joint},
                      {"second", second},
                      {"name", end.name},
                      {"spare", end.spare}});
    }
    return {{"process", box.process},
            {"parent", state == nullptr ? record::kGrader : state->parent},
            {"title", box.title},
            {"short", Tell(scene_.ShortNameOf(box.process, &at))},
            {"state", WordOf(box.state)},
            {"waits", box.state == ProcessState::kAsleep
                          ? Tell(evaluate::ExplainWait(scene_, box.process, at).waits)
                          : std::string()},
            {"ends", std::move(ends)},
            {"memory", box.memory}};
  }

  const Recording& recording_;
  const bool drawn_;  // of its scenario's runs the one that is
  const evaluate::Scene scene_;
  const Translator& translator_;
  const Timeline timeline_;
};

// By scenario, for its runs have it in common. Where only a recording was kept, nobody knows.
Json Given(const Reported& reported, const std::string& name) {
  const auto scenario = reported.exercise.scenarios.find(name);
  if (scenario == reported.exercise.scenarios.end()) return Json::array();
  return GivenBy(scenario->second, reported.translator);
}

// JSON in a script element ends where the parser of HTML meets a tag.
std::string WithoutTags(const std::string& json) {
  std::string out;
  for (const char c : json) out += c == '<' ? std::string("\\u003c") : std::string(1, c);
  return out;
}

}  // namespace

std::string PageData(const Reported& reported) {
  Json runs = Json::array();
  Json given = Json::object();
  for (const GradeDocument::Scenario& scenario : reported.grade.scenarios) {
    const auto found = reported.recordings.find(scenario.name);
    if (found == reported.recordings.end() || !reported.grade.Shows(scenario)) continue;
    given[Escaped(scenario.name)] = Given(reported, scenario.name);
    const Recording* drawn = RunOf(reported.grade, scenario.name, reported.recordings);
    for (const Recording& recording : found->second)
      runs.push_back(Run(reported, recording, &recording == drawn).Data());
  }
  Json words = Json::object();
  for (const auto& [key, message] : PageWords()) words[key] = reported.translator.Tell(message);
  const Json data = {
      {"words", std::move(words)}, {"given", std::move(given)}, {"runs", std::move(runs)}};
  return WithoutTags(data.dump(-1, ' ', false, Json::error_handler_t::replace));
}

}  // namespace plumbline::report
