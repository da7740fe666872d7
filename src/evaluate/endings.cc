// SPDX-License-Identifier: MIT
#include "evaluate/endings.h"

#include <csignal>
#include <string>

#include "base/signals.h"
#include "base/text.h"
#include "evaluate/plumbing.h"
#include "evaluate/reach.h"

namespace plumbline::evaluate {

Message HowItEnded(const Scene& scene, record::ProcessIndex process) {
  const record::Exited* exited = ExitOf(scene, process);
  const Message who = scene.NameOf(process);
  if (exited == nullptr) return Msg("{who} had not ended.", {{"who", who}});
  if (exited->killed_by == 0) {
    return Msg("{who} ended with status {status}.", {{"who", who}, {"status", exited->status}});
  }
  const std::string signal = SignalName(exited->killed_by);
  if (exited->stack.empty())
    return Msg("{who} was ended by {signal}.", {{"who", who}, {"signal", signal}});
  return Msg("{who} was ended by {signal} at {place}.",
             {{"who", who}, {"signal", signal}, {"place", PlaceOf(exited->stack.front())}});
}

std::vector<Message> HowItCrashed(const Scene& scene, record::ProcessIndex process) {
  const record::Exited* exited = ExitOf(scene, process);
  if (exited == nullptr) return {};
  std::vector<Message> told;
  if (!exited->address.empty()) {
    told.push_back(Msg("It used the address {address}: NULL, or what lies next to it.",
                       {{"address", exited->address}}));
  }
  constexpr size_t kMostCallers = 4;
  for (size_t i = 1; i < exited->stack.size() && i <= kMostCallers; ++i) {
    const record::Location& caller = exited->stack[i];
    told.push_back(Msg("That was called at {place}, in {function}().",
                       {{"place", PlaceOf(caller)}, {"function", Escaped(caller.function)}}));
  }
  return told;
}

Message MeaningOf(int fatal_signal) {
  switch (fatal_signal) {
    case SIGSEGV:
    case SIGBUS:
      return Msg(
          "It used memory that is not its own: a wrong pointer, an index out of range, a stack "
          "that grew without end.");
    case SIGABRT:
      return Msg(
          "It gave up itself: a failed assertion, or a library that found its memory damaged.");
    case SIGFPE:
      return Msg("It divided by zero.");
    case SIGPIPE:
      return Msg("It wrote into a pipe or socket that nobody reads any more.");
    case SIGALRM:
      return Msg("Its alarm rang and there was no handler for it.");
    case SIGXCPU:
      return Msg("It used up its processor time.");
    case SIGXFSZ:
      return Msg("It wrote a larger file than is allowed.");
    case SIGUSR1:
    case SIGUSR2:
    case SIGINT:
    case SIGTERM:
    case SIGHUP:
    case SIGQUIT:
      return Msg("The signal came when no handler for it was installed.");
    default:
      return {};
  }
}

Message LastWords(const Scene& scene, record::ProcessIndex process) {
  const auto& self = scene.recording().processes[static_cast<size_t>(process)];
  if (self.started_as.empty()) return {};
  const auto lines = Lines(scene.StreamAt(self.started_as + ".stderr"));
  if (lines.empty()) return {};
  return Msg("The last line on its standard error: {line}", {{"line", Escaped(lines.back())}});
}

}  // namespace plumbline::evaluate
