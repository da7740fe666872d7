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
      {"timeline", Msg("Time line")},
      {"event", Msg("Event {number} of {count}", {{"number", "%"}, {"count", "#"}})},
      {"noEvents", Msg("No event is shown.")},
      {"zoomIn", Msg("Zoom in")},
      {"zoomOut", Msg("Zoom out")},
      {"whole", Msg("The whole run")},
      {"show", Msg("Show")},
      {"search", Msg("Search")},
      {"kind.process", Msg("processes")},
      {"kind.signal", Msg("signals")},
      {"kind.call", Msg("calls")},
      {"kind.transfer", Msg("transfers")},
      {"kind.moment", Msg("snapshots")},
      {"grader", Msg("the grader")},
      {"more", Msg("… more: {count}", {{"count", "%"}})},
      {"given", Msg("What the run was given")},
      {"begins", Msg("only the beginning is shown")},
      {"streams", Msg("Input and output")},
      {"bytes", Msg("{count} bytes", {{"count", "%"}})},
      {"noNewline", Msg("no newline at the end")},
      {"cut", Msg("only the beginning is kept")},
      {"help", Msg("Arrow keys move from event to event, + and - zoom, a click chooses.")},
      {"perturbed", Msg("perturbed: {perturbation}", {{"perturbation", "%"}})},
  };
  return kWords;
}

}  // namespace plumbline::report
