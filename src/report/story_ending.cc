// SPDX-License-Identifier: MIT
#include "report/story_ending.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "base/signals.h"
#include "base/text.h"
#include "evaluate/explain.h"
#include "report/story_names.h"

namespace plumbline::report {
namespace {

using record::Event;
using record::Outcome;
using record::ProcessIndex;
using record::ProcessState;

constexpr size_t kMostOfCommand = 100;
constexpr size_t kMostOfText = 80;

std::string Count(uint64_t n, const std::string& one, const std::string& many) {
  return std::to_string(n) + " " + (n == 1 ? one : many);
}

std::string HowEnded(const record::Exited& exited) {
  if (exited.killed_by != 0) return "killed by " + SignalName(exited.killed_by);
  return "exited with status " + std::to_string(exited.status);
}

// Bytes that somebody wrote into an object, or read from it.
struct Flow {
  std::map<ProcessIndex, uint64_t> written;
  std::map<ProcessIndex, uint64_t> read;
};

class Ending {
 public:
  Ending(const record::Recording& recording, const Translator& translator)
      : recording_(recording),
        translator_(translator),
        names_(recording),
        commands_(recording.processes.size()),
        exits_(recording.processes.size()) {
    for (const Event& event : recording_.events) {
      names_.Take(event);
      std::visit([&](const auto& what) { Take(event.actor, what); }, event.what);
    }
  }

  std::string Tell() {
    TellProcesses();
    TellFlows();
    TellFiles();
    TellIpc();
    TellOutcome();
    return std::move(text_);
  }

 private:
  bool IsProcess(ProcessIndex process) const { return names_.ProcessAt(process) != nullptr; }
  std::string& command(ProcessIndex process) { return commands_[static_cast<size_t>(process)]; }
  const std::optional<record::Exited>& exit(ProcessIndex process) const {
    return exits_[static_cast<size_t>(process)];
  }

  void Take(ProcessIndex actor, const record::Born& born) {
    if (!IsProcess(born.child)) return;
    children_[IsProcess(actor) ? actor : record::kGrader].push_back(born.child);
    if (IsProcess(actor)) command(born.child) = command(actor);
  }
  void Take(ProcessIndex actor, const record::Executed& executed) {
    if (executed.error != 0 || !IsProcess(actor)) return;
    std::string words;
    for (const std::string& word : executed.argv) words += (words.empty() ? "" : " ") + word;
    command(actor) = Escaped(words, kMostOfCommand);
  }
  void Take(ProcessIndex actor, const record::Exited& exited) {
    if (IsProcess(actor)) exits_[static_cast<size_t>(actor)] = exited;
  }
  void Take(ProcessIndex actor, const record::Transfer& transfer) {
    if (transfer.object == 0 || !IsProcess(actor)) return;
    Flow& flow = flows_[transfer.object];
    auto& way = transfer.way == record::Transfer::Way::kRead ? flow.read : flow.written;
    way[actor] += transfer.bytes;
  }
  template <typename What>
  void Take(ProcessIndex, const What&) {}

  // --- The parts.
  void TellProcesses() {
    text_ += "processes:\n";
    TellChildrenOf(record::kGrader, 1);
  }
  void TellChildrenOf(ProcessIndex parent, size_t depth) {
    for (const ProcessIndex child : children_[parent]) {
      text_ += std::string(2 * depth, ' ') + names_.Pid(child) + "  " + command(child) + "  (" +
               EndOf(child) + ")\n";
      TellChildrenOf(child, depth + 1);
    }
  }
  std::string EndOf(ProcessIndex process) const {
    if (exit(process)) return HowEnded(*exit(process));
    return "still there at the end";
  }

  // Only what joins processes: a file says by itself what is in it.
  void TellFlows() {
    std::string lines;
    for (const auto& [number, flow] : flows_) {
      const record::Object* const object = recording_.object(number);
      using enum record::ObjectKind;
      if (!object || !object->role.empty()) continue;
      if (object->kind == kPipe || object->kind == kFifo || object->kind == kSocket)
        lines += "  " + names_.OfObject(number) + ": " + Told(flow) + "\n";
    }
    if (!lines.empty()) text_ += "what went through:\n" + lines;
  }
  std::string Told(const Flow& flow) const {
    std::string text;
    for (const auto& [process, bytes] : flow.written)
      text += (text.empty() ? "" : ", ") + names_.Of(process) + " wrote " +
              Count(bytes, "byte", "bytes");
    for (const auto& [process, bytes] : flow.read)
      text += (text.empty() ? "" : ", ") + names_.Of(process) + " read " +
              Count(bytes, "byte", "bytes");
    return text;
  }

  void TellFiles() {
    const record::Snapshot* const start = recording_.snapshot("start");
    const record::Snapshot* const end = recording_.snapshot("end");
    if (!end || !end->files_taken) return;
    std::string lines;
    for (const auto& [path, state] : end->files) {
      const auto before = start ? start->files.find(path) : end->files.end();
      if (start && before != start->files.end() && before->second.size == state.size) continue;
      lines += "  " + Escaped(path, kMostOfText) + SizeOf(state) + "\n";
    }
    if (!lines.empty()) text_ += "files made or changed:\n" + lines;
  }
  static std::string SizeOf(const record::FileState& state) {
    using enum record::ObjectKind;
    if (state.kind == kDirectory) return "/";
    if (state.kind == kFifo) return " (a named pipe)";
    if (state.kind == kSocket) return " (a socket)";
    return " (" + Count(state.size, "byte", "bytes") + ")";
  }

  void TellIpc() {
    const record::Snapshot* const end = recording_.snapshot("end");
    if (!end || end->ipc.empty()) return;
    text_ += "left behind:\n";
    for (const record::IpcObject& object : end->ipc)
      text_ += "  " + object.kind + " " + Escaped(object.name, kMostOfText) + "\n";
  }

  void TellOutcome() {
    text_ +=
        "end: " + HowItEnded() + "; " + Count(recording_.processes.size(), "process", "processes");
    if (recording_.virtual_time > Duration{})
      text_ += ", " + ToString(recording_.virtual_time) + " of virtual time";
    text_ += "\n";
    if (recording_.outcome == Outcome::kDeadlocked || recording_.outcome == Outcome::kStuck)
      TellWaiting();
    Explain();
  }

  std::string HowItEnded() const {
    using enum Outcome;
    switch (recording_.outcome) {
      case kExited:
        return "exited with status " + std::to_string(recording_.status);
      case kSignalled:
        return "killed by " + SignalName(recording_.status);
      case kDeadlocked:
      case kStuck:
        return recording_.processes.empty() || !exit(0)
                   ? "nobody could go on"
                   : HowEnded(*exit(0)) + ", but somebody stays for ever";
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
        if (thread.blocked && state.state == ProcessState::kAsleep)
          text_ += "  " + names_.Of(state.process) + " waits in " + Waiting(*thread.blocked) +
                   Where(*thread.blocked) + "\n";
      }
    }
  }
  std::string Waiting(const record::Blocked& blocked) const {
    if (blocked.call.empty()) return "a loop";
    if (blocked.fd < 0) return blocked.call + "()";
    const std::string object = names_.OfObject(blocked.object);
    return blocked.call + "(" + std::to_string(blocked.fd) + ")" +
           (object.empty() ? "" : ", " + object);
  }
  static std::string Where(const record::Blocked& blocked) {
    if (!blocked.where || blocked.where->file.empty()) return {};
    return "   at " + Escaped(blocked.where->file) + ":" + std::to_string(blocked.where->line);
  }

  // As a grade would explain it.
  void Explain() {
    spec::Exercise none;
    none.id = recording_.header.exercise;
    const evaluate::Scene scene(none, recording_);
    const auto why = evaluate::FindingOfHang(scene);
    if (!why) return;
    text_ += "why (" + why->code + "):\n";
    Say(why->what);
    for (const evaluate::Message& evidence : why->evidence) Say(evidence);
    Say(why->why);
    Say(why->next);
  }
  void Say(const evaluate::Message& message) {
    if (!message.empty()) text_ += "  " + translator_.Tell(message) + "\n";
  }

  const record::Recording& recording_;
  const Translator& translator_;
  StoryNames names_;
  std::vector<std::string> commands_;                 // by process
  std::vector<std::optional<record::Exited>> exits_;  // by process
  std::map<ProcessIndex, std::vector<ProcessIndex>> children_;
  std::map<int, Flow> flows_;  // by object
  std::string text_;
};

}  // namespace

std::string StoryEnding(const record::Recording& recording, const Translator& translator) {
  return Ending(recording, translator).Tell();
}

}  // namespace plumbline::report
