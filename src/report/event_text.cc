// SPDX-License-Identifier: MIT
#include "report/event_text.h"

#include <fmt/format.h>
#include <sys/wait.h>

#include <algorithm>
#include <vector>

#include "base/errno_names.h"
#include "base/signals.h"
#include "base/text.h"

namespace plumbline::report {
namespace {

using record::Call;
using record::Event;
using record::Transfer;

constexpr size_t kMostOfText = 80;

std::string Count(uint64_t n, const std::string& one, const std::string& many) {
  return std::to_string(n) + " " + (n == 1 ? one : many);
}

std::string Quoted(std::string_view text) { return "\"" + Escaped(text, kMostOfText) + "\""; }

std::string Errno(int code) { return code == 0 ? "0" : ErrnoName(code); }
std::string Failure(int error) { return "-1 " + ErrnoName(error); }

std::string HowEnded(int wait_status) {
  if (WIFEXITED(wait_status))
    return "exited with status " + std::to_string(WEXITSTATUS(wait_status));
  if (WIFSIGNALED(wait_status)) return "killed by " + SignalName(WTERMSIG(wait_status));
  if (WIFSTOPPED(wait_status)) return "stopped by " + SignalName(WSTOPSIG(wait_status));
  return "continued";
}

std::string_view Word(record::Born::How how) {
  switch (how) {
    case record::Born::How::kVfork:
      return "vfork";
    case record::Born::How::kClone:
      return "clone";
    default:
      return "fork";
  }
}

std::string_view Word(record::SignalDelivered::Effect effect) {
  using enum record::SignalDelivered::Effect;
  switch (effect) {
    case kHandled:
      return "its handler runs";
    case kIgnored:
      return "ignored";
    case kTerminated:
      return "it ends";
    case kStopped:
      return "it stops";
    case kContinued:
      return "it goes on";
  }
  return "";
}

// The mode of open(2) and openat(2) counts only when a file is made.
bool IsIdle(const Call& call, const std::pair<std::string, std::string>& argument) {
  if (argument.first != "mode" || call.family != "open") return false;
  return std::ranges::none_of(call.args, [](const auto& other) {
    return other.first == "flags" &&
           (other.second.contains("O_CREAT") || other.second.contains("O_TMPFILE"));
  });
}

std::string Arguments(const Call& call) {
  std::string text;
  for (const auto& argument : call.args) {
    if (!IsIdle(call, argument))
      text += (text.empty() ? "" : ", ") + Escaped(argument.second, kMostOfText);
  }
  return text;
}

class Saying {
 public:
  Saying(const record::Recording& recording, const StoryNames& names)
      : recording_(recording), names_(names) {}

  std::string Of(size_t index) const {
    const Event& event = recording_.events[index];
    return std::visit([&](const auto& what) { return Said(event, index, what); }, event.what);
  }

 private:
  // What the actor did next.
  const Event* NextOfSame(size_t index) const {
    const Event& event = recording_.events[index];
    for (size_t i = index + 1; i < recording_.events.size(); ++i) {
      if (recording_.events[i].actor == event.actor) return &recording_.events[i];
    }
    return nullptr;
  }

  std::string Said(const Event& event, size_t, const record::Born& born) const {
    if (event.actor == record::kGrader || born.how == record::Born::How::kStarted)
      return "starts process " + names_.Pid(born.child);
    return std::string(Word(born.how)) + "() = " + names_.Pid(born.child);
  }
  std::string Said(const Event&, size_t, const record::ThreadBorn& born) const {
    return "starts thread " + std::to_string(born.tid.value);
  }
  std::string Said(const Event&, size_t, const record::Executed& executed) const {
    std::string argv;
    for (const std::string& argument : executed.argv)
      argv += (argv.empty() ? "" : ", ") + Quoted(argument);
    return "execve(" + Quoted(executed.path) + ", [" + argv +
           "]) = " + (executed.error == 0 ? "0" : Failure(executed.error));
  }
  std::string Said(const Event& event, size_t, const record::Exited& exited) const {
    if (exited.killed_by == 0) return "exits with status " + std::to_string(exited.status);
    return "is killed by " + SignalName(exited.killed_by) + (exited.core ? " (core)" : "") +
           Fault(event.actor);
  }
  // The address that it tried to use.
  std::string Fault(record::ProcessIndex process) const {
    const auto fault = recording_.machine.faults.find(process);
    return fault == recording_.machine.faults.end() ? ""
                                                    : fmt::format(", using {:#x}", fault->second);
  }
  std::string Said(const Event&, size_t index, const record::Reaped& reaped) const {
    if (reaped.automatic)
      return "need not wait for " + names_.Of(reaped.child) + ", which " +
             HowEnded(reaped.wait_status) + ": SIGCHLD is ignored";
    // The call itself is the next thing that is told, and says it all.
    const Event* const next = NextOfSame(index);
    const auto* call = next ? std::get_if<Call>(&next->what) : nullptr;
    if (call && call->family == "wait" && call->error == 0) return {};
    return "reaps " + names_.Of(reaped.child) + ": " + HowEnded(reaped.wait_status);
  }
  std::string Said(const Event&, size_t, const record::Adopted& adopted) const {
    return "is adopted by " +
           (names_.ProcessAt(adopted.by) ? names_.Of(adopted.by) : std::string("init"));
  }
  std::string Said(const Event&, size_t, const record::Stopped& stopped) const {
    return "is stopped by " + SignalName(stopped.signal);
  }
  std::string Said(const Event&, size_t, const record::Continued&) const { return "is continued"; }
  std::string Said(const Event&, size_t, const record::SignalSent& sent) const {
    const std::string how = sent.call.empty() ? "sends " + SignalName(sent.signal)
                                              : sent.call + "(" + SignalName(sent.signal) + ")";
    if (sent.error != 0) return how + " = " + Failure(sent.error);
    return how + " to " + names_.Of(sent.to);
  }
  std::string Said(const Event&, size_t, const record::SignalDelivered& delivered) const {
    std::string text = "gets " + SignalName(delivered.signal);
    if (delivered.sender) text += " from " + names_.Of(*delivered.sender);
    if (!delivered.during.empty()) text += " during " + delivered.during;
    return text + ": " + std::string(Word(delivered.effect));
  }

  std::string Said(const Event&, size_t, const record::UnsafeCalled& unsafe) const {
    return "calls " + unsafe.function + "(), which is not safe in the handler of " +
           SignalName(unsafe.signal);
  }
  std::string Said(const Event&, size_t, const record::ErrnoChanged& changed) const {
    return "returns from the handler of " + SignalName(changed.signal) +
           " with another errno: " + Errno(changed.after) + " and not " + Errno(changed.before);
  }

  std::string Said(const Event&, size_t, const Call& call) const {
    std::string text = call.name + "(" + Arguments(call) + ") = ";
    if (call.error != 0) return text + Failure(call.error) + Restarted(call);
    text += std::to_string(call.result);
    if (call.family == "wait" && call.result > 0)
      text += " " + names_.OfPid(static_cast<int>(call.result));
    return text + About(call) + Restarted(call);
  }
  static std::string Restarted(const Call& call) {
    return call.restarted ? " (taken up again after a signal)" : "";
  }
  // A file's name is among the arguments when it is opened.
  std::string About(const Call& call) const {
    const int object = call.made_object != 0 ? call.made_object : call.object;
    const std::string name = call.family == "open" ? std::string() : names_.OfObject(object);
    if (call.made_fd2 < 0 || call.made_object == call.made_object2)
      return name.empty() ? "" : "   " + name;
    return "   " + name + " and " + names_.OfObject(call.made_object2);
  }

  std::string Said(const Event&, size_t, const Transfer& transfer) const {
    std::string text = transfer.call + "(" + std::to_string(transfer.fd) + ")";
    if (!transfer.first.empty())
      text += " \"" + Escaped(transfer.first, kMostOfText) +
              (transfer.bytes > transfer.first.size() ? "…" : "") + "\"";
    text += " = " + Count(transfer.bytes, "byte", "bytes");
    if (transfer.calls > 1) text += " in " + std::to_string(transfer.calls) + " calls";
    const std::string object = names_.OfObject(transfer.object);
    if (!object.empty())
      text += (transfer.way == Transfer::Way::kRead ? " from " : " into ") + object;
    return text + (transfer.ends > 0 ? ", end of file" : "");
  }
  std::string Said(const Event&, size_t, const record::Cut& cut) const {
    return "the story is cut here: " + cut.why;
  }
  // The frame of a scenario: of no interest to who traces one program.
  std::string Said(const Event&, size_t, const record::StreamGrew&) const { return {}; }
  std::string Said(const Event&, size_t, const record::StepBegan&) const { return {}; }
  std::string Said(const Event&, size_t, const record::SnapshotTaken&) const { return {}; }

  const record::Recording& recording_;
  const StoryNames& names_;
};

}  // namespace

std::string EventText(const record::Recording& recording, size_t index, const StoryNames& names) {
  return Saying(recording, names).Of(index);
}

}  // namespace plumbline::report
