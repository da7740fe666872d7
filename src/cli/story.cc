// SPDX-License-Identifier: MIT
#include "cli/story.h"

#include <sys/wait.h>

#include <algorithm>
#include <filesystem>
#include <vector>

#include "base/errno_names.h"
#include "base/signals.h"
#include "base/text.h"

namespace plumbline::cli {
namespace {

using record::ProcessIndex;

constexpr size_t kMostOfText = 80;

std::string Count(uint64_t n, const std::string& one, const std::string& many) {
  return std::to_string(n) + " " + (n == 1 ? one : many);
}

std::string Failure(int error) { return "-1 " + ErrnoName(error); }

std::string HowEnded(int wait_status) {
  if (WIFEXITED(wait_status)) return "exited with status " + std::to_string(WEXITSTATUS(wait_status));
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

class Teller {
 public:
  explicit Teller(const record::Recording& recording)
      : recording_(recording), programs_(recording.processes.size()) {}

  std::string Tell() {
    for (const record::Event& event : recording_.events) {
      std::string said = std::visit([&](const auto& what) { return Said(event, what); }, event.what);
      if (said.empty()) continue;
      text_ += Name(event.actor) + " " + said + Where(event.where) + "\n";
      std::visit([&](const auto& what) { Remember(event.actor, what); }, event.what);
    }
    TellEnd();
    return std::move(text_);
  }

 private:
  // --- Who.
  const record::Process* ProcessAt(ProcessIndex process) const {
    const bool known = process >= 0 && static_cast<size_t>(process) < recording_.processes.size();
    return known ? &recording_.processes[static_cast<size_t>(process)] : nullptr;
  }
  std::string Pid(ProcessIndex process) const {
    const record::Process* const known = ProcessAt(process);
    return known ? std::to_string(known->pid.value) : "init";
  }
  std::string Name(ProcessIndex process) const {
    if (!ProcessAt(process)) return "[plumbline]";
    const std::string& program = programs_[static_cast<size_t>(process)];
    return "[" + Pid(process) + (program.empty() ? "" : " " + Escaped(program, kMostOfText)) + "]";
  }
  std::string Names(const std::vector<ProcessIndex>& processes) const {
    std::string names;
    for (const ProcessIndex process : processes) names += (names.empty() ? "" : " ") + Name(process);
    return names.empty() ? "nobody" : names;
  }

  // A child runs its parent's program until it executes another.
  void Remember(ProcessIndex actor, const record::Born& born) {
    if (ProcessAt(actor) && ProcessAt(born.child))
      programs_[static_cast<size_t>(born.child)] = programs_[static_cast<size_t>(actor)];
  }
  void Remember(ProcessIndex actor, const record::Executed& executed) {
    if (executed.error == 0 && ProcessAt(actor))
      programs_[static_cast<size_t>(actor)] = std::filesystem::path(executed.path).filename();
  }
  template <typename What>
  void Remember(ProcessIndex, const What&) {}

  // --- What. Empty: it is not told.
  std::string Said(const record::Event& event, const record::Born& born) const {
    if (event.actor == record::kGrader || born.how == record::Born::How::kStarted) {
      const record::Process* const child = ProcessAt(born.child);
      return "starts " + (child && !child->started_as.empty() ? child->started_as + " as " : "") +
             "process " + Pid(born.child);
    }
    return std::string(Word(born.how)) + "() = " + Pid(born.child);
  }
  std::string Said(const record::Event&, const record::ThreadBorn& born) const {
    return "starts thread " + std::to_string(born.tid.value);
  }
  std::string Said(const record::Event&, const record::Executed& executed) const {
    std::string text = "execve(" + Escaped(executed.path);
    for (const std::string& argument : executed.argv) text += ", \"" + Escaped(argument, kMostOfText) + "\"";
    return text + ") = " + (executed.error == 0 ? "0" : Failure(executed.error));
  }
  std::string Said(const record::Event&, const record::Exited& exited) const {
    if (exited.killed_by == 0) return "exits with status " + std::to_string(exited.status);
    return "is killed by " + SignalName(exited.killed_by) + (exited.core ? " (core)" : "");
  }
  std::string Said(const record::Event&, const record::Reaped& reaped) const {
    return "reaps " + Name(reaped.child) + ": " + HowEnded(reaped.wait_status) +
           (reaped.automatic ? " (by itself: SIGCHLD is ignored)" : "");
  }
  std::string Said(const record::Event&, const record::Adopted& adopted) const {
    return "is adopted by " + (ProcessAt(adopted.by) ? Name(adopted.by) : std::string("init"));
  }
  std::string Said(const record::Event&, const record::Stopped& stopped) const {
    return "is stopped by " + SignalName(stopped.signal);
  }
  std::string Said(const record::Event&, const record::Continued&) const { return "is continued"; }
  std::string Said(const record::Event&, const record::SignalSent& sent) const {
    const std::string how = sent.call.empty() ? "sends " + SignalName(sent.signal)
                                              : sent.call + "(" + SignalName(sent.signal) + ")";
    if (sent.error != 0) return how + " = " + Failure(sent.error);
    return how + " to " + Names(sent.to);
  }
  std::string Said(const record::Event&, const record::SignalDelivered& delivered) const {
    std::string text = "gets " + SignalName(delivered.signal);
    if (delivered.sender) text += " from " + Name(*delivered.sender);
    if (!delivered.during.empty()) text += " during " + delivered.during;
    return text + ": " + std::string(Word(delivered.effect));
  }
  std::string Said(const record::Event&, const record::Call& call) const {
    std::string text = call.name + "(";
    for (const auto& [name, value] : call.args)
      text += (text.ends_with('(') ? "" : ", ") + Escaped(value, kMostOfText);
    text += ") = " + (call.error == 0 ? std::to_string(call.result) : Failure(call.error));
    if (call.made_fd2 >= 0)
      text += " [" + std::to_string(call.made_fd) + ", " + std::to_string(call.made_fd2) + "]";
    return text + (call.restarted ? " (taken up again after a signal)" : "");
  }
  std::string Said(const record::Event&, const record::Transfer& transfer) const {
    std::string text = transfer.call + "(" + std::to_string(transfer.fd) + ")";
    if (!transfer.first.empty())
      text += " \"" + Escaped(transfer.first, kMostOfText) +
              (transfer.bytes > transfer.first.size() ? "…" : "") + "\"";
    text += " = " + Count(transfer.bytes, "byte", "bytes");
    if (transfer.calls > 1) text += " in " + std::to_string(transfer.calls) + " calls";
    if (transfer.ends > 0) text += ", end of file";
    return text;
  }
  std::string Said(const record::Event&, const record::Cut& cut) const {
    return "the story is cut here: " + cut.why;
  }
  // The frame of a scenario: of no interest to who traces one program.
  std::string Said(const record::Event&, const record::StreamGrew&) const { return {}; }
  std::string Said(const record::Event&, const record::StepBegan&) const { return {}; }
  std::string Said(const record::Event&, const record::SnapshotTaken&) const { return {}; }

  static std::string Where(const std::optional<record::Location>& where) {
    if (!where || where->file.empty()) return {};
    return "   at " + Escaped(where->file) + ":" + std::to_string(where->line);
  }

  // --- How it ended.
  void TellEnd() {
    text_ += "end: " + Ending() + "; " + Count(recording_.processes.size(), "process", "processes") + ", " +
             ToString(recording_.virtual_time) + " of virtual time\n";
    if (recording_.outcome == record::Outcome::kDeadlocked || recording_.outcome == record::Outcome::kStuck)
      TellWaiting();
  }

  std::string Ending() const {
    using enum record::Outcome;
    switch (recording_.outcome) {
      case kExited:
        return "exited with status " + std::to_string(recording_.status);
      case kSignalled:
        return "killed by " + SignalName(recording_.status);
      case kDeadlocked:
      case kStuck:
        return "nobody could go on";
      case kProcessorLimit:
        return "the limit of processor time was reached";
      case kVirtualLimit:
        return "the limit of virtual time was reached";
      case kMemoryLimit:
        return "the limit of memory was reached";
      case kOutputLimit:
        return "the limit of output was reached";
      default:
        return std::string(record::ToString(recording_.outcome));
    }
  }

  void TellWaiting() {
    const record::Snapshot* const end = recording_.snapshot("end");
    if (!end) return;
    for (const record::ProcessStateAt& state : end->processes) {
      for (const record::Thread& thread : state.threads) {
        if (thread.blocked && state.state == record::ProcessState::kAsleep)
          text_ += Name(state.process) + " waits in " + Waiting(*thread.blocked) + Where(thread.blocked->where) + "\n";
      }
    }
  }

  std::string Waiting(const record::Blocked& blocked) const {
    if (blocked.call.empty()) return "a loop";
    if (blocked.fd < 0) return blocked.call + "()";
    const record::Object* const object = recording_.object(blocked.object);
    return blocked.call + "(" + std::to_string(blocked.fd) + ")" +
           (object ? ", " + Escaped(object->name, kMostOfText) : "");
  }

  const record::Recording& recording_;
  std::vector<std::string> programs_;  // that each process runs, by ProcessIndex
  std::string text_;
};

}  // namespace

std::string Story(const record::Recording& recording) { return Teller(recording).Tell(); }

}  // namespace plumbline::cli
