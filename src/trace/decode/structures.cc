// SPDX-License-Identifier: MIT
#include "trace/decode/structures.h"

#include <poll.h>
#include <signal.h>
#include <sys/select.h>
#include <sys/sem.h>
#include <sys/time.h>
#include <sys/un.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <string_view>

#include <fmt/core.h>

#include "base/signals.h"
#include "trace/decode/arguments.h"
#include "trace/decode/names.h"

namespace plumbline::trace::decode {
namespace {

constexpr const char* kUnread = "...";
// Of an array, as many entries as are told.
constexpr uint64_t kMost = 64;

// Entries of an array as "[a, b, ...]".
template <typename T, typename Tell>
std::string List(HostPid task, uint64_t address, uint64_t count, Tell tell) {
  std::string text;
  for (uint64_t i = 0; i < std::min(count, kMost); ++i) {
    const auto value = ReadValue<T>(task, address + i * sizeof(T));
    if (!value) break;
    text += (text.empty() ? "" : ", ") + tell(*value);
  }
  if (count > kMost) text += ", ...";
  return "[" + text + "]";
}

std::string SignalSet(HostPid task, uint64_t address) {
  const auto set = ReadValue<uint64_t>(task, address);
  if (!set) return kUnread;
  std::string text;
  for (int signal = 1; signal <= 64; ++signal) {
    if ((*set >> (signal - 1) & 1) == 0) continue;
    if (!text.empty()) text += ' ';
    text += SignalName(signal);
  }
  return "[" + text + "]";
}

// struct kernel_sigaction: handler, flags, restorer, mask (rt_sigaction(2)).
std::string Action(HostPid task, uint64_t address) {
  const auto action = ReadValue<std::array<uint64_t, 2>>(task, address);
  if (!action) return kUnread;
  const auto [handler, flags] = *action;
  if (handler == 0) return "SIG_DFL";
  if (handler == 1) return "SIG_IGN";
  const std::string names = ActionFlags(flags);
  return names == "0" ? "handler" : "handler, " + names;
}

std::string Status(int status) {
  if (WIFEXITED(status)) return "exited " + std::to_string(WEXITSTATUS(status));
  if (WIFSIGNALED(status))
    return "killed " + SignalName(WTERMSIG(status)) + (WCOREDUMP(status) ? ", core" : "");
  if (WIFSTOPPED(status)) return "stopped " + SignalName(WSTOPSIG(status));
  return WIFCONTINUED(status) ? "continued" : fmt::format("{:#x}", status);
}

std::string ChildInfo(const siginfo_t& info) {
  if (info.si_pid == 0) return "nobody";
  std::string child = std::to_string(info.si_pid);
  switch (info.si_code) {
    case CLD_EXITED:
      return child + " exited " + std::to_string(info.si_status);
    case CLD_KILLED:
      return child + " killed " + SignalName(info.si_status);
    case CLD_DUMPED:
      return child + " killed " + SignalName(info.si_status) + ", core";
    case CLD_STOPPED:
    case CLD_TRAPPED:
      return child + " stopped " + SignalName(info.si_status);
    case CLD_CONTINUED:
      return child + " continued";
    default:
      return child;
  }
}

std::string PollEntry(const pollfd& entry) {
  std::string text =
      std::to_string(entry.fd) + " " + PollEvents(static_cast<uint16_t>(entry.events));
  if (entry.revents != 0) text += ": " + PollEvents(static_cast<uint16_t>(entry.revents));
  return text;
}

// Before the call those that are asked about, after it those that are ready (select(2)).
std::string DescriptorSet(HostPid task, uint64_t address, uint64_t most) {
  const std::string bytes =
      ReadMemory(task, address, std::min<uint64_t>((most + 7) / 8, sizeof(fd_set)));
  std::string text;
  for (size_t fd = 0; fd < std::min<uint64_t>(most, 8 * bytes.size()); ++fd) {
    if ((static_cast<unsigned char>(bytes[fd / 8]) >> (fd % 8) & 1) == 0) continue;
    text += (text.empty() ? "" : ", ") + std::to_string(fd);
  }
  return "[" + text + "]";
}

std::string Operation(const sembuf& operation) {
  std::string text = fmt::format("{}: {:+}", operation.sem_num, operation.sem_op);
  if ((operation.sem_flg & IPC_NOWAIT) != 0) text += " IPC_NOWAIT";
  if ((operation.sem_flg & SEM_UNDO) != 0) text += " SEM_UNDO";
  return text;
}

std::string Seconds(const timespec& time) {
  return fmt::format("{}.{:09d} s", time.tv_sec, time.tv_nsec);
}
std::string Seconds(const timeval& time) {
  return fmt::format("{}.{:06d} s", time.tv_sec, time.tv_usec);
}
template <typename T>
std::string OneTime(HostPid task, uint64_t address) {
  const auto time = ReadValue<T>(task, address);
  return time ? Seconds(*time) : kUnread;
}
// Of a timer: when first, and how often then. T: struct itimerval or itimerspec.
template <typename T>
std::string Timer(HostPid task, uint64_t address) {
  const auto timer = ReadValue<T>(task, address);
  if (!timer) return kUnread;
  return Seconds(timer->it_value) + ", every " + Seconds(timer->it_interval);
}

std::string SocketAddress(HostPid task, uint64_t address, uint64_t length) {
  return Address(ReadMemory(task, address, std::min<uint64_t>(length, sizeof(sockaddr_un))));
}

std::string Strings(HostPid task, uint64_t address) {
  std::string text;
  for (const std::string& word : ReadStrings(task, address))
    text += (text.empty() ? "" : " ") + word;
  return text;
}

// What the kernel fills in.
std::string Filled(As as, const Entry& entry, size_t index, HostPid task) {
  const uint64_t address = entry.args[index];
  switch (as) {
    case As::kWaitStatus: {
      const auto status = ReadValue<int>(task, address);
      return status ? Status(*status) : kUnread;
    }
    case As::kChildInfo: {
      const auto info = ReadValue<siginfo_t>(task, address);
      return info ? ChildInfo(*info) : kUnread;
    }
    case As::kAddressOut: {
      const auto length = ReadValue<uint32_t>(task, entry.args[index + 1]);
      return length ? SocketAddress(task, address, *length) : kUnread;
    }
    default: {
      const auto pair = ReadValue<std::array<int, 2>>(task, address);
      return pair ? fmt::format("[{}, {}]", (*pair)[0], (*pair)[1]) : kUnread;
    }
  }
}

std::optional<std::string> Given(As as, const Entry& entry, size_t index, HostPid task) {
  const uint64_t address = entry.args[index];
  const uint64_t next = index + 1 < std::size(entry.args) ? entry.args[index + 1] : 0;
  switch (as) {
    case As::kPath:
      return ReadString(task, address);
    case As::kStrings:
      return Strings(task, address);
    case As::kSignalSet:
      return SignalSet(task, address);
    case As::kAction:
      return Action(task, address);
    case As::kAddress:
      return SocketAddress(task, address, next);
    case As::kPollSet:
      return List<pollfd>(task, address, next, PollEntry);
    case As::kFdSet:
      return DescriptorSet(task, address, std::min<uint64_t>(entry.args[0], FD_SETSIZE));
    case As::kSemaphoreOperations:
      return List<sembuf>(task, address, next, Operation);
    case As::kTime:
      return OneTime<timespec>(task, address);
    case As::kTimeval:
      return OneTime<timeval>(task, address);
    case As::kInterval:
      return Timer<itimerval>(task, address);
    case As::kTimerValue:
      return Timer<itimerspec>(task, address);
    case As::kBuffer:
    case As::kVector:
    case As::kMessage:
    case As::kMessages:
    case As::kPointer:
      return kUnread;
    default:
      return std::nullopt;
  }
}

bool IsFilled(As as) {
  return as == As::kWaitStatus || as == As::kChildInfo || as == As::kAddressOut || as == As::kPair;
}

}  // namespace

std::optional<std::string> Structure(As as, const Entry& entry, size_t index, HostPid task,
                                     int64_t result) {
  const bool by_kernel = IsFilled(as);
  if (entry.args[index] == 0) {
    const bool pointer = by_kernel || Given(as, entry, index, task).has_value();
    return pointer ? std::optional<std::string>("NULL") : std::nullopt;
  }
  // waitpid() with WNOHANG fills in nothing when it returns 0.
  const bool filled = as == As::kWaitStatus ? result > 0 : result >= 0;
  if (by_kernel) return filled ? Filled(as, entry, index, task) : kUnread;
  return Given(as, entry, index, task);
}

}  // namespace plumbline::trace::decode
