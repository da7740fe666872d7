// SPDX-License-Identifier: MIT
// One run, complete: whoever holds a Plan needs nothing else to do it. Travels to a supervisor.
#pragma once

#include <map>
#include <set>
#include <string>

#include "build/build.h"
#include "record/recording.h"
#include "sandbox/sandbox.h"
#include "spec/exercise.h"

namespace plumbline::scenario {

struct Plan {
  std::string exercise;  // for the recording's header
  std::string exercise_hash;
  std::string artifact_hash;
  std::string language;
  std::string version;  // of the program

  spec::Scenario scenario;
  spec::Limits limits;
  std::set<record::Facet> observe;
  std::map<std::string, build::Runnable> programs;   // the submission's, by name
  std::map<std::string, build::Runnable> solutions;  // a reference's, for `solution: NAME`
  std::string main_program;                          // of `programs`, started first

  sandbox::Rung rung = sandbox::Rung::kB;
  // What is done to it that the scenario does not do (record/perturbation.h); `seed`: of one by
  // chance.
  std::string perturbation;
  uint64_t seed = 0;
  // What is done to the program itself (record/mutation.h), for the sake of the exercise; "":
  // nothing.
  std::string mutation;
  // Real time in which the run could have gone on and after which it is given up as an error: a
  // safety net, never a verdict. That others had the processors is not counted.
  Duration wall_limit = std::chrono::minutes(1);
  std::vector<std::string> hidden_paths;  // host paths masked in the sandbox
  bool real_time = false;                 // time passes by itself: for a look, never for a verdict
  bool late = false;                      // by chance (trace/lateness.h)
  bool locations = true;                  // where in the source; only a benchmark does without
  bool followed = false;  // by another such run, most likely: worth a sandbox made ahead
};

}  // namespace plumbline::scenario
