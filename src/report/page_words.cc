// SPDX-License-Identifier: MIT
#include "report/page_words.h"

namespace plumbline::report {

using evaluate::Msg;

const std::map<std::string, evaluate::Message>& PageWords() {
  static const std::map<std::string, evaluate::Message> kWords{
      {"moment", Msg("Moment")},
      {"nobody", Msg("nobody")},
      {"spare", Msg("kept open, not used")},
      {"nothingJoined", Msg("Nothing was joined at this moment.")},
      {"wiringAt", Msg("Wiring at '{moment}'", {{"moment", "%"}})},
      {"state.zombie", Msg("ended, not waited for")},
      {"state.stopped", Msg("stopped")},
      {"state.held", Msg("held before its start")},
      {"state.asleep", Msg("waits")},
      {"state.running", Msg("runs")},
      {"perturbed", Msg("perturbed: {perturbation}", {{"perturbation", "%"}})},
  };
  return kWords;
}

}  // namespace plumbline::report
