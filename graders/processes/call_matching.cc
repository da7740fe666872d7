// SPDX-License-Identifier: MIT
#include "graders/processes/call_matching.h"

#include <sys/wait.h>

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <string_view>

#include "base/errno_names.h"
#include "base/syscalls.h"

namespace plumbline::graders::processes {
namespace {

using record::Born;
using record::Call;
using record::Event;
using record::ProcessIndex;
using record::Recording;
using record::Transfer;

// A call by its own name or by its family's.
bool IsNamed(std::string_view call, const std::string& wanted) {
  if (call == wanted) return true;
  const auto number = SyscallNumber(call);
  return number && SyscallFamily(*number) == wanted;
}

bool CameBack(const std::string& wanted, int error) {
  if (wanted.empty()) return true;
  if (wanted == "ok") return error == 0;
  if (wanted == "error") return error != 0;
  return error != 0 && ErrnoName(error) == wanted;
}

std::string_view CallOf(Born::How how) {
  switch (how) {
    case Born::How::kFork:
      return "fork";
    case Born::How::kVfork:
      return "vfork";
    case Born::How::kClone:
      return "clone";
    case Born::How::kStarted:
      break;
  }
  return "";
}

bool IsWaitResult(const std::string& result) {
  return result == "stopped" || result == "continued" || result == "exited" || result == "killed";
}

// Whether an event is about a process that wait(2) asks for: one PID, or any child of the caller.
bool IsAskedFor(const Recording& recording, const Event& event, ProcessIndex caller, int64_t pid) {
  if (event.actor < 0) return false;
  const record::Process& process = recording.processes[static_cast<size_t>(event.actor)];
  return pid > 0 ? process.pid.value == pid : process.parent == caller;
}

// What the process did last before `index`, as wait(2) tells it; "" if nothing.
std::string_view LastChange(const Recording& recording, int64_t pid, size_t index) {
  const ProcessIndex caller = recording.events[index].actor;
  for (size_t i = index; i-- > 0;) {
    const Event& event = recording.events[i];
    if (!IsAskedFor(recording, event, caller, pid)) continue;
    if (std::holds_alternative<record::Stopped>(event.what)) return "stopped";
    if (std::holds_alternative<record::Continued>(event.what)) return "continued";
    if (std::holds_alternative<record::Exited>(event.what)) return "ended";
  }
  return "";
}

uint64_t OfReaped(const record::Reaped& reaped, const WantedCall& wanted) {
  if (reaped.automatic || !IsNamed("wait4", wanted.call)) return 0;
  if (!IsWaitResult(wanted.result)) return CameBack(wanted.result, 0) ? 1 : 0;
  const bool exited = WIFEXITED(reaped.wait_status);
  return wanted.result == (exited ? "exited" : "killed") ? 1 : 0;
}

uint64_t OfTransfer(const Transfer& transfer, const WantedCall& wanted) {
  const bool way = wanted.call == (transfer.way == Transfer::Way::kRead ? "read" : "write");
  if (!way && !IsNamed(transfer.call, wanted.call)) return 0;
  return CameBack(wanted.result, 0) ? transfer.calls : 0;
}

// Whether the event before tells of the same wait: what it took was told first.
bool TookAChild(const Recording& recording, size_t index) {
  if (index == 0) return false;
  const Event& before = recording.events[index - 1];
  return std::holds_alternative<record::Reaped>(before.what) &&
         before.actor == recording.events[index].actor && before.tid == recording.events[index].tid;
}

// The status that a wait told of: "stopped SIGSTOP" of wait4(2), "3 stopped SIGSTOP" of waitid(2).
// Nothing if the program did not ask for it.
std::optional<std::string_view> ToldStatus(const Call& call) {
  const std::string_view name = call.name == "waitid" ? "info" : "status";
  for (const auto& [argument, text] : call.args) {
    if (argument == name && text != "NULL" && text != "...") return text;
  }
  return std::nullopt;
}

// The child that a wait told of: wait4(2) returns its PID, of waitid(2) it is the second argument;
// 0 if that names no single one.
int64_t ChildOf(const Call& call) {
  if (call.name != "waitid") return call.result;
  return call.args.size() > 1 ? std::atoll(call.args[1].second.c_str()) : 0;
}

// A wait that took an ended child is told as Reaped, one that tells of a stop is a call.
uint64_t OfWait(const Recording& recording, size_t index, const Call& call,
                const WantedCall& wanted) {
  if (call.error != 0) return CameBack(wanted.result, call.error) ? 1 : 0;
  if (TookAChild(recording, index)) return 0;
  if (!IsWaitResult(wanted.result)) return CameBack(wanted.result, 0) ? 1 : 0;
  if (const auto status = ToldStatus(call)) {
    return status->find(wanted.result) != std::string_view::npos ? 1 : 0;
  }
  const bool told = call.result > 0 || call.name == "waitid";
  return told && LastChange(recording, ChildOf(call), index) == wanted.result ? 1 : 0;
}

// Whether a call is told by an event of its own kind when it succeeds, so that it must not count
// twice.
bool HasItsOwnEvent(const Call& call) {
  if (IsNamed(call.name, "exec") || IsNamed(call.name, "kill")) return true;
  const bool moves = IsNamed(call.name, "read") || IsNamed(call.name, "write");
  return call.error == 0 && (moves || IsNamed(call.name, "fork"));
}

uint64_t OfCall(const Recording& recording, size_t index, const Call& call,
                const WantedCall& wanted) {
  if (call.name != wanted.call && call.family != wanted.call && !IsNamed(call.name, wanted.call)) {
    return 0;
  }
  if (IsNamed(call.name, "wait")) return OfWait(recording, index, call, wanted);
  if (HasItsOwnEvent(call)) return 0;
  return CameBack(wanted.result, call.error) ? 1 : 0;
}

}  // namespace

uint64_t CallsAt(const Recording& recording, size_t index, const WantedCall& wanted) {
  const auto& what = recording.events[index].what;
  if (const auto* born = std::get_if<Born>(&what)) {
    const bool is = born->how != Born::How::kStarted && IsNamed(CallOf(born->how), wanted.call);
    return is && CameBack(wanted.result, 0) ? 1 : 0;
  }
  if (const auto* executed = std::get_if<record::Executed>(&what)) {
    return IsNamed("execve", wanted.call) && CameBack(wanted.result, executed->error) ? 1 : 0;
  }
  if (const auto* sent = std::get_if<record::SignalSent>(&what)) {
    const bool is =
        sent->cause == record::SignalSent::Cause::kCall && IsNamed(sent->call, wanted.call);
    return is && CameBack(wanted.result, sent->error) ? 1 : 0;
  }
  if (const auto* reaped = std::get_if<record::Reaped>(&what)) return OfReaped(*reaped, wanted);
  if (const auto* transfer = std::get_if<Transfer>(&what)) return OfTransfer(*transfer, wanted);
  if (const auto* call = std::get_if<Call>(&what)) return OfCall(recording, index, *call, wanted);
  return 0;
}

int ObjectOf(const Event& event) {
  if (const auto* transfer = std::get_if<Transfer>(&event.what)) return transfer->object;
  const auto* call = std::get_if<Call>(&event.what);
  return call == nullptr ? 0 : call->object;
}

std::vector<int> ObjectsOf(const Recording& recording, const std::string& stream) {
  constexpr std::string_view kSuffix = ".received";
  const std::string channel =
      stream.ends_with(kSuffix) ? stream.substr(0, stream.size() - kSuffix.size()) : stream;
  std::vector<int> objects;
  for (size_t i = 0; i < recording.objects.size(); ++i) {
    if (recording.objects[i].role == channel) objects.push_back(static_cast<int>(i) + 1);
  }
  return objects;
}

}  // namespace plumbline::graders::processes
