// SPDX-License-Identifier: MIT
// A tracee in a sandbox of its own, under this process's tracer, as a supervisor has it.
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/error.h"
#include "record/recording.h"
#include "sandbox/pool.h"
#include "scenario/stage.h"

namespace plumbline::quiescence {

// A program that goes on with one word, and what it needs around it.
struct Setting {
  std::string tracee;
  std::vector<std::string> args;
  bool terminal = false;
  bool open_input = false;
  std::set<record::Facet> observe = {};
};

std::set<record::Facet> Everything();

class Subject {
 public:
  // Started, and before its first instruction or behind it.
  static Result<std::unique_ptr<Subject>> Start(const Setting& setting, sandbox::SandboxPool& pool);
  Subject(const Subject&) = delete;
  Subject& operator=(const Subject&) = delete;

  // Probes so often, one right after the other but for stops that come. How many were asked, and
  // how many said that it rests.
  struct Probes {
    int asked = 0;
    int resting = 0;
  };
  Probes Watch(int probes);

  // Lets it run until nobody can go on, as a scenario does, and tells how long after the last stop
  // that was known. An error if it ended, or if a minute went by.
  Result<Duration> RunUntilBlocked();
  // REQUIRES: RunUntilBlocked() has succeeded.
  Result<std::string> CodeOfHang();

 private:
  explicit Subject(scenario::Plan plan) : plan_(std::move(plan)) {}

  scenario::Plan plan_;
  record::Recording recording_;
  std::unique_ptr<scenario::Stage> stage_;
};

}  // namespace plumbline::quiescence
