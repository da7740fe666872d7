// SPDX-License-Identifier: MIT
#include "evaluate/endings.h"

#include <algorithm>
#include <csignal>
#include <ranges>
#include <string>
#include <string_view>

#include "base/number.h"
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

namespace {

// Of the program that `process` is; those of its descendants are not told apart from it.
std::vector<std::string_view> ErrorLinesOf(const Scene& scene, record::ProcessIndex process) {
  const auto& self = scene.recording().processes[static_cast<size_t>(process)];
  if (self.started_as.empty()) return {};
  return Lines(scene.StreamAt(self.started_as + ".stderr"));
}

// `  File "/program/main.py", line 12, in main` (traceback, Python's library).
std::optional<record::Location> FrameIn(std::string_view line) {
  constexpr std::string_view kFile = "  File \"/program/";
  constexpr std::string_view kLine = "\", line ";
  constexpr std::string_view kIn = ", in ";
  if (!line.starts_with(kFile)) return std::nullopt;
  line.remove_prefix(kFile.size());
  const size_t end = line.find(kLine);
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view rest = line.substr(end + kLine.size());
  const size_t comma = std::min(rest.find(','), rest.size());
  const auto number = NumberIn<int>(rest.substr(0, comma));
  if (!number || *number < 1) return std::nullopt;
  record::Location where{.file = std::string(line.substr(0, end)), .line = *number, .function = {}};
  const std::string_view name = rest.substr(comma);
  if (name.starts_with(kIn) && name != ", in <module>") where.function = name.substr(kIn.size());
  return where;
}

}  // namespace

std::optional<record::Location> WhereItRaised(const Scene& scene, record::ProcessIndex process) {
  for (const std::string_view line : std::views::reverse(ErrorLinesOf(scene, process))) {
    if (auto where = FrameIn(line)) return where;
  }
  return std::nullopt;
}

Message LastWords(const Scene& scene, record::ProcessIndex process) {
  const auto lines = ErrorLinesOf(scene, process);
  if (lines.empty()) return {};
  return Msg("The last line on its standard error: {line}", {{"line", Escaped(lines.back())}});
}

}  // namespace plumbline::evaluate
