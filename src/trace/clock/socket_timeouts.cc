// SPDX-License-Identifier: MIT
#include "trace/clock/socket_timeouts.h"

#include <sys/socket.h>
#include <sys/syscall.h>

#include <cerrno>

#include "trace/clock/times.h"
#include "trace/decode/table.h"
#include "trace/tracer.h"

namespace plumbline::trace::clock {
namespace {

bool IsReceive(uint64_t option) { return option == SO_RCVTIMEO_OLD || option == SO_RCVTIMEO_NEW; }
bool IsTimeout(uint64_t option) {
  return IsReceive(option) || option == SO_SNDTIMEO_OLD || option == SO_SNDTIMEO_NEW;
}

}  // namespace

std::optional<int64_t> SocketTimeouts::Answer(const Task& task) {
  const Entry& call = task.call;
  const bool sets = call.number == SYS_setsockopt;
  if (!sets && call.number != SYS_getsockopt) return std::nullopt;
  const uint64_t option = call.args[2] & 0xffffffff;
  if ((call.args[1] & 0xffffffff) != SOL_SOCKET || !IsTimeout(option)) return std::nullopt;
  const int object = tracer_.ObjectAt(*task.process, static_cast<int>(call.args[0]));
  if (!tracer_.IsSocket(object)) return std::nullopt;
  return sets ? Set(task, object, IsReceive(option)) : Get(task, object, IsReceive(option));
}

std::optional<int64_t> SocketTimeouts::Set(const Task& task, int object, bool receives) {
  const auto value = (task.call.args[4] & 0xffffffff) < sizeof(timeval)
                         ? std::nullopt
                         : ReadValue<timeval>(task.host, task.call.args[3]);
  const auto time = value ? ToDuration(*value) : std::nullopt;
  if (!time) return std::nullopt;
  const Duration kept = *time == kForEver ? Duration{} : *time;
  (receives ? timeouts_[object].receive : timeouts_[object].send) = kept;
  return 0;
}

std::optional<int64_t> SocketTimeouts::Get(const Task& task, int object, bool receives) const {
  const auto found = timeouts_.find(object);
  const auto room = ReadValue<socklen_t>(task.host, task.call.args[4]);
  if (found == timeouts_.end() || !room || *room < sizeof(timeval)) return std::nullopt;
  const timeval value = ToTimeval(receives ? found->second.receive : found->second.send);
  constexpr socklen_t kSize = sizeof value;
  const bool written = WriteMemory(task.host, task.call.args[3], &value, sizeof value) &&
                       WriteMemory(task.host, task.call.args[4], &kSize, sizeof kSize);
  return written ? 0 : -EFAULT;
}

void SocketTimeouts::NoteAccepted(int listener, int object) {
  const auto found = timeouts_.find(listener);
  if (found != timeouts_.end() && object != 0) timeouts_[object] = Timeouts(found->second);
}

std::optional<Duration> SocketTimeouts::Of(const Process& process, const Entry& call) const {
  if (none()) return std::nullopt;
  const decode::Row* row = decode::Find(call.number);
  if (row == nullptr || row->descriptor < 0) return std::nullopt;
  const auto fd = static_cast<int>(call.args[static_cast<size_t>(row->descriptor)]);
  const auto found = timeouts_.find(tracer_.ObjectAt(process, fd));
  if (found == timeouts_.end()) return std::nullopt;
  const bool sends = row->role == decode::Role::kWrite || call.number == SYS_connect;
  const Duration time = sends ? found->second.send : found->second.receive;
  return time == Duration{} ? std::nullopt : std::optional(time);
}

// A connection that is not made at once goes on by itself; with UNIX sockets there is none yet.
int64_t TimedOut(HostPid task, const Entry& call) {
  const bool goes_on = call.number == SYS_connect &&
                       ReadValue<sa_family_t>(task, call.args[1]).value_or(AF_UNSPEC) != AF_UNIX;
  return goes_on ? -EINPROGRESS : -EAGAIN;
}

}  // namespace plumbline::trace::clock
