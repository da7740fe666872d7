// SPDX-License-Identifier: MIT
// A run's time line for the page's scripts: lanes, events, spans of waiting. Only page_data.cc
// includes this.
#pragma once

#include <chrono>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "base/units.h"
#include "evaluate/scene.h"
#include "report/translator.h"

namespace plumbline::report {

inline double Seconds(Duration time) { return std::chrono::duration<double>(time).count(); }

class Timeline {
 public:
  // Both outlive it.
  Timeline(const evaluate::Scene& scene, const Translator& translator);

  // Where a recording's event stands among those that are told: how many come before it.
  int PositionOf(int event) const { return before_[static_cast<size_t>(event)]; }

  nlohmann::ordered_json Lanes() const;
  nlohmann::ordered_json Events() const;
  // What each process was seen to wait for, from what it did last to what it did next.
  nlohmann::ordered_json Spans() const;
  // Events that are left out because they are too many.
  size_t left_out() const { return left_out_; }

 private:
  struct Told {
    size_t index = 0;
    std::string text;
  };
  void Collect();
  nlohmann::ordered_json SpanOf(const record::ProcessStateAt& state,
                                const record::Snapshot& at) const;

  const evaluate::Scene& scene_;
  const record::Recording& recording_;
  const Translator& translator_;
  std::vector<Told> told_;
  std::vector<int> before_;  // by event, and one more
  size_t left_out_ = 0;
};

}  // namespace plumbline::report
