// SPDX-License-Identifier: MIT
#include "trace/clock/waits.h"

#include <sys/syscall.h>

#include <algorithm>
#include <cerrno>
#include <string>
#include <utility>

#include "trace/clock/timed_calls.h"
#include "trace/clock/times.h"
#include "trace/interrupted.h"
#include "trace/proc.h"

namespace plumbline::trace::clock {
namespace {

// The kernel writes the sets only if it comes to an end by itself (select(2)): empty then.
void EmptySets(const Task& task) {
  constexpr uint64_t kBits = 64;
  const auto status = StatusOf(task.host);
  const uint64_t most = status ? status->descriptor_slots : kBits;
  const uint64_t count = std::min(task.call.args[0] & 0x7fffffff, most);
  const std::string empty((count + kBits - 1) / kBits * sizeof(uint64_t), '\0');
  for (const int set : {1, 2, 3}) {
    const uint64_t address = task.call.args[set];
    if (address != 0) WriteMemory(task.host, address, empty.data(), empty.size());
  }
}

void TellRest(const Task& task, uint64_t address, TimeForm form, Duration rest) {
  if (address == 0) return;
  const timeval in_micros = ToTimeval(rest);
  const timespec in_nanos = ToTimespec(rest);
  if (form == TimeForm::kTimeval)
    WriteMemory(task.host, address, &in_micros, sizeof in_micros);
  else
    WriteMemory(task.host, address, &in_nanos, sizeof in_nanos);
}

// nanosleep(2) tells it only when it is cut; of clock_nanosleep(2) not for an absolute time.
void TellRestOfSleep(const Task& task, Duration rest) {
  const auto& args = task.call.args;
  if (task.call.number == SYS_nanosleep)
    TellRest(task, args[1], TimeForm::kTimespec, rest);
  else if ((args[1] & TIMER_ABSTIME) == 0)
    TellRest(task, args[3], TimeForm::kTimespec, rest);
}

// What the kernel would have said of a signal, had the call had its time. Without a handler it is
// made again from the start, and keeps its deadline (CutCall::due).
int64_t AsTimed(int call, int64_t result) {
  if (result == kRestartBlock) return kRestartNoHandler;
  if (result == kRestartSys && call == SYS_futex) return kRestartNoHandler;
  return result;
}

void GiveBack(const Task& task, int64_t result) {
  auto registers = Registers(task.host);
  if (!registers) return;
  const auto& args = task.call.args;
  registers->orig_rax = static_cast<unsigned long long>(task.call.number);
  registers->rax = static_cast<unsigned long long>(result);
  registers->rdi = args[0];
  registers->rsi = args[1];
  registers->rdx = args[2];
  registers->r10 = args[3];
  registers->r8 = args[4];
  registers->r9 = args[5];
  SetRegisters(task.host, *registers);
}

}  // namespace

bool WaitForEver(HostPid task, const Entry& call) {
  if (OnlySleeps(call.number)) return ChangeCall(task, SYS_pause);
  const TimedCall& timed = *FindTimedCall(call.number);
  const bool counts = timed.form == TimeForm::kMilliseconds;
  return SetArgument(task, timed.argument, counts ? static_cast<uint64_t>(-1) : 0);
}

int64_t EndWait(Task& task, int64_t result, Duration now) {
  const TimedWait wait = *std::exchange(task.wait, std::nullopt);
  const TimedCall& timed = *FindTimedCall(task.call.number);
  const bool cut = IsInterrupted(result) || result == -EINTR;
  const bool timed_out = wait.expired && cut;
  const Duration rest = timed_out ? Duration{} : std::max(wait.due - now, Duration{});
  if (timed_out) {
    result = timed.timed_out;
    if (timed.call == SYS_select || timed.call == SYS_pselect6) EmptySets(task);
  } else if (cut) {
    result = AsTimed(timed.call, result);
    if (OnlySleeps(timed.call)) TellRestOfSleep(task, rest);
  }
  if (timed.tells_rest)
    TellRest(task, task.call.args[static_cast<size_t>(timed.argument)], timed.form, rest);
  GiveBack(task, result);
  return result;
}

}  // namespace plumbline::trace::clock
