// SPDX-License-Identifier: MIT
#include "report/story.h"

#include <algorithm>
#include <vector>

#include "base/text.h"
#include "report/event_text.h"
#include "report/story_ending.h"
#include "report/story_names.h"
#include "report/story_repeats.h"
#include "report/story_setting.h"

namespace plumbline::report {
namespace {

using record::Call;
using record::Event;

// Less is not told: clocks that are read go on by nanoseconds.
constexpr Duration kShortestPause = std::chrono::milliseconds(1);

std::string Where(const std::optional<record::Location>& where) {
  if (!where || where->file.empty()) return {};
  return "   at " + Escaped(where->file) + ":" + std::to_string(where->line);
}

class Teller {
 public:
  Teller(const record::Recording& recording, bool all)
      : recording_(recording),
        names_(recording),
        untold_(all ? std::vector<bool>(recording.events.size()) : SettingUp(recording)) {}

  std::vector<std::string> Tell() {
    for (size_t i = 0; i < recording_.events.size(); ++i) {
      const Event& event = recording_.events[i];
      if (!untold_[i]) TellOne(event, i);
      names_.Take(event);
    }
    return std::move(lines_);
  }

 private:
  void TellOne(const Event& event, size_t index) {
    const std::string said = EventText(recording_, index, names_);
    if (said.empty() || JoinsLast(event)) return;
    if (event.time - time_ >= kShortestPause)
      lines_.push_back("--- " + ToString(event.time - time_) + " later");
    time_ = std::max(time_, event.time);
    lines_.push_back(names_.Of(event.actor) + " " + said + Where(event.where));
    if (const auto* exited = std::get_if<record::Exited>(&event.what)) TellStack(exited->stack);
  }

  // Of a crash: the first of them is where it was.
  void TellStack(const std::vector<record::Location>& stack) {
    for (size_t i = 1; i < stack.size(); ++i) {
      const std::string& function = stack[i].function;
      lines_.push_back("    called" + (function.empty() ? "" : " by " + Escaped(function) + "()") +
                       Where(stack[i]));
    }
  }

  // A handler set for one signal after another is one line: "rt_sigaction(SIGHUP SIGINT, handler)".
  bool JoinsLast(const Event& event) {
    const auto* call = std::get_if<Call>(&event.what);
    const bool sets =
        call && call->name == "rt_sigaction" && call->error == 0 && call->args.size() == 2;
    if (!sets) return last_action_ = {}, false;
    const auto& [signal, action] = std::pair(call->args[0].second, call->args[1].second);
    const bool joins = last_action_.line == lines_.size() && last_action_.actor == event.actor &&
                       last_action_.action == action && last_action_.where == event.where;
    last_action_ = {event.actor, action, joins ? last_action_.signals + " " + signal : signal,
                    event.where, joins ? lines_.size() : lines_.size() + 1};
    if (joins)
      lines_.back() = names_.Of(event.actor) + " rt_sigaction(" + last_action_.signals + ", " +
                      action + ") = 0" + Where(event.where);
    return joins;
  }

  const record::Recording& recording_;
  StoryNames names_;
  std::vector<bool> untold_;  // by event
  struct Action {
    record::ProcessIndex actor = record::kGrader;
    std::string action;
    std::string signals;
    std::optional<record::Location> where;
    size_t line = 0;  // how many lines there were with it
  };
  std::vector<std::string> lines_;
  Action last_action_;
  Duration time_{};
};

}  // namespace

std::string Story(const record::Recording& recording, const Translator& translator, bool all) {
  const std::vector<std::string> lines = Teller(recording, all).Tell();
  std::string text;
  for (const std::string& line : all ? lines : WithoutRepeats(lines)) text += line + "\n";
  return text + StoryEnding(recording, translator);
}

}  // namespace plumbline::report
