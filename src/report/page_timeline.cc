// SPDX-License-Identifier: MIT
#include "report/page_timeline.h"

#include <algorithm>
#include <utility>

#include "base/signals.h"
#include "base/text.h"
#include "evaluate/explain.h"
#include "report/event_text.h"
#include "report/layout.h"
#include "report/story_setting.h"

namespace plumbline::report {
namespace {

using Json = nlohmann::ordered_json;
using record::Event;
using record::ProcessIndex;
using record::ProcessStateAt;
using record::Snapshot;

constexpr size_t kMostEvents = 20000;
constexpr size_t kMostOfText = 300;

// What a reader may leave out together.
struct KindOf {
  const char* operator()(const record::Born&) const { return "process"; }
  const char* operator()(const record::ThreadBorn&) const { return "process"; }
  const char* operator()(const record::Executed&) const { return "process"; }
  const char* operator()(const record::Exited&) const { return "process"; }
  const char* operator()(const record::Reaped&) const { return "process"; }
  const char* operator()(const record::Adopted&) const { return "process"; }
  const char* operator()(const record::Stopped&) const { return "signal"; }
  const char* operator()(const record::Continued&) const { return "signal"; }
  const char* operator()(const record::SignalSent&) const { return "signal"; }
  const char* operator()(const record::SignalDelivered&) const { return "signal"; }
  const char* operator()(const record::UnsafeCalled&) const { return "signal"; }
  const char* operator()(const record::ErrnoChanged&) const { return "signal"; }
  const char* operator()(const record::Call&) const { return "call"; }
  const char* operator()(const record::Transfer&) const { return "transfer"; }
  const char* operator()(const auto&) const { return "moment"; }
};

// What ties an event to other lanes, for arrows.
void AddTies(Json& to, const Event& event) {
  if (const auto* born = std::get_if<record::Born>(&event.what)) {
    to["to"] = {born->child};
  } else if (const auto* reaped = std::get_if<record::Reaped>(&event.what)) {
    to["from"] = reaped->child;
  } else if (const auto* sent = std::get_if<record::SignalSent>(&event.what)) {
    to["to"] = sent->to;
    to["sent"] = SignalName(sent->signal);
  } else if (const auto* delivered = std::get_if<record::SignalDelivered>(&event.what)) {
    to["got"] = SignalName(delivered->signal);
  }
}

}  // namespace

Timeline::Timeline(const evaluate::Scene& scene, const Translator& translator)
    : scene_(scene), recording_(scene.recording()), translator_(translator) {
  Collect();
}

// As a story tells it, with snapshots; without what loaders do.
void Timeline::Collect() {
  const std::vector<bool> untold = SettingUp(recording_);
  StoryNames names(recording_);
  for (size_t i = 0; i < recording_.events.size(); ++i) {
    before_.push_back(static_cast<int>(told_.size()));
    const Event& event = recording_.events[i];
    std::string text = untold[i] ? "" : EventText(recording_, i, names);
    if (const auto* taken = std::get_if<record::SnapshotTaken>(&event.what)) text = taken->name;
    names.Take(event);
    if (text.empty()) continue;
    if (told_.size() == kMostEvents)
      ++left_out_;
    else
      told_.push_back({i, std::move(text)});
  }
  before_.push_back(static_cast<int>(told_.size()));
}

Json Timeline::Lanes() const {
  Json lanes = Json::array();
  std::vector<int> ended(recording_.processes.size(), -1);
  for (size_t i = 0; i < recording_.events.size(); ++i) {
    const Event& event = recording_.events[i];
    if (std::holds_alternative<record::Exited>(event.what) && event.actor >= 0 &&
        static_cast<size_t>(event.actor) < ended.size())
      ended[static_cast<size_t>(event.actor)] = PositionOf(static_cast<int>(i));
  }
  for (size_t i = 0; i < recording_.processes.size(); ++i) {
    const record::Process& process = recording_.processes[i];
    lanes.push_back(
        {{"name", SafeLines(translator_.Tell(scene_.NameOf(static_cast<ProcessIndex>(i))))},
         {"short", SafeLines(translator_.Tell(scene_.ShortNameOf(static_cast<ProcessIndex>(i))))},
         {"pid", process.pid.value},
         {"born", PositionOf(process.born)},
         {"ended", ended[i]}});
  }
  return lanes;
}

Json Timeline::Events() const {
  Json events = Json::array();
  for (const Told& told : told_) {
    const Event& event = recording_.events[told.index];
    Json one = {{"time", Seconds(event.time)},
                {"lane", event.actor},
                {"kind", std::visit(KindOf(), event.what)},
                {"text", Escaped(told.text, kMostOfText)}};
    AddTies(one, event);
    if (event.where && !event.where->file.empty())
      one["where"] = Escaped(event.where->file) + ":" + std::to_string(event.where->line);
    events.push_back(std::move(one));
  }
  return events;
}

Json Timeline::Spans() const {
  Json spans = Json::array();
  for (const auto& [name, at] : recording_.snapshots) {
    for (const ProcessStateAt& state : at.processes) {
      const bool waits = std::ranges::any_of(
          state.threads, [](const auto& thread) { return thread.blocked.has_value(); });
      if (!waits || state.state != record::ProcessState::kAsleep) continue;
      Json span = SpanOf(state, at);
      if (std::ranges::find(spans, span) == spans.end()) spans.push_back(std::move(span));
    }
  }
  return spans;
}

Json Timeline::SpanOf(const ProcessStateAt& state, const Snapshot& at) const {
  const auto acts = [&](const Told& told) {
    return recording_.events[told.index].actor == state.process;
  };
  const auto middle =
      told_.begin() + std::min(PositionOf(at.event), static_cast<int>(told_.size()));
  const auto last = std::find_if(std::make_reverse_iterator(middle), told_.rend(), acts);
  const auto next = std::find_if(middle, told_.end(), acts);
  return {{"lane", state.process},
          {"from", last == told_.rend() ? 0 : last.base() - told_.begin()},
          {"to", next - told_.begin()},
          {"text",
           SafeLines(translator_.Tell(evaluate::ExplainWait(scene_, state.process, at).waits))}};
}

}  // namespace plumbline::report
