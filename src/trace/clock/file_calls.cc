// SPDX-License-Identifier: MIT
#include "trace/clock/file_calls.h"

#include <sys/stat.h>
#include <sys/syscall.h>
#include <utime.h>

#include <array>
#include <optional>

#include "trace/clock/times.h"

namespace plumbline::trace::clock {
namespace {

// Which argument is the structure to be filled in.
std::optional<size_t> BufferOf(int call) {
  switch (call) {
    case SYS_stat:
    case SYS_lstat:
    case SYS_fstat:
      return 1;
    case SYS_newfstatat:
      return 2;
    case SYS_statx:
      return 4;
    default:
      return std::nullopt;
  }
}

void Tell(timespec& time, FileTimes& times) {
  if (const auto kernels = ToDuration(time)) time = ToTimespec(times.Told(*kernels));
}

void Tell(statx_timestamp& time, FileTimes& times) {
  timespec told{.tv_sec = time.tv_sec, .tv_nsec = time.tv_nsec};
  Tell(told, times);
  time.tv_sec = told.tv_sec;
  time.tv_nsec = static_cast<uint32_t>(told.tv_nsec);
}

void TellAll(struct stat& status, FileTimes& times) {
  for (timespec* time : {&status.st_atim, &status.st_mtim, &status.st_ctim}) Tell(*time, times);
}

void TellAll(struct statx& status, FileTimes& times) {
  for (statx_timestamp* time :
       {&status.stx_atime, &status.stx_btime, &status.stx_ctime, &status.stx_mtime})
    Tell(*time, times);
}

template <typename T>
void TellIn(const Task& task, uint64_t address, FileTimes& times) {
  auto status = ReadValue<T>(task.host, address);
  if (!status) return;
  TellAll(*status, times);
  WriteMemory(task.host, address, &*status, sizeof *status);
}

// UTIME_NOW and UTIME_OMIT are no times.
template <typename T>
void NoteAll(const Task& task, uint64_t address, FileTimes& times) {
  const auto both = address == 0 ? std::nullopt : ReadValue<std::array<T, 2>>(task.host, address);
  if (!both) return;
  for (const T& time : *both) {
    if (const auto set = ToDuration(time)) times.NoteSet(*set);
  }
}

void NoteSeconds(const Task& task, uint64_t address, FileTimes& times) {
  const auto both = address == 0 ? std::nullopt : ReadValue<utimbuf>(task.host, address);
  if (!both) return;
  times.NoteSet(std::chrono::seconds(both->actime));
  times.NoteSet(std::chrono::seconds(both->modtime));
}

}  // namespace

std::vector<sandbox::TraceRule> FileRules() {
  std::vector<sandbox::TraceRule> rules;
  for (const int call : {SYS_stat, SYS_lstat, SYS_fstat, SYS_newfstatat, SYS_statx, SYS_utimensat,
                         SYS_futimesat, SYS_utimes, SYS_utime})
    rules.push_back({.call = call, .argument = {}, .mask = 0, .value = 0});
  return rules;
}

bool AsksForFileTimes(int call) { return BufferOf(call).has_value(); }

void TellFileTimes(const Task& task, FileTimes& times) {
  const uint64_t address = task.call.args[*BufferOf(task.call.number)];
  if (task.call.number == SYS_statx)
    TellIn<struct statx>(task, address, times);
  else
    TellIn<struct stat>(task, address, times);
}

void NoteSetFileTimes(const Task& task, FileTimes& times) {
  const auto& args = task.call.args;
  switch (task.call.number) {
    case SYS_utimensat:
      return NoteAll<timespec>(task, args[2], times);
    case SYS_futimesat:
      return NoteAll<timeval>(task, args[2], times);
    case SYS_utimes:
      return NoteAll<timeval>(task, args[1], times);
    case SYS_utime:
      return NoteSeconds(task, args[1], times);
    default:
      return;
  }
}

}  // namespace plumbline::trace::clock
