// SPDX-License-Identifier: MIT
#include "trace/clock/timer_descriptors.h"

#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <ctime>
#include <string>
#include <string_view>
#include <utility>

#include "base/io.h"
#include "base/text.h"
#include "base/unique_fd.h"
#include "base/words.h"
#include "trace/proc.h"
#include "trace/tracer.h"

namespace plumbline::trace::clock {
namespace {

// <linux/timerfd.h> does not mix with <sys/timerfd.h>.
constexpr unsigned long kSetTicks = _IOW('T', 0, uint64_t);

UniqueFd CopyOf(HostPid process, int fd) {
  const UniqueFd handle(static_cast<int>(::syscall(SYS_pidfd_open, process.value, 0)));
  if (!handle) return UniqueFd();
  return UniqueFd(static_cast<int>(::syscall(SYS_pidfd_getfd, handle.get(), fd, 0)));
}

struct Held {
  UniqueFd copy;
  record::ProcessIndex by = 0;
};

// A closed descriptor's number may be another file's now, unless every close is followed.
bool IsTimer(HostPid process, int fd) {
  return LinkOf(process, ("fd/" + std::to_string(fd)).c_str()) == "anon_inode:[timerfd]";
}

std::optional<Held> FindHolder(Tracer& tracer, int object) {
  for (const Process& process : tracer.processes()) {
    if (process.ended) continue;
    for (const auto& [fd, known] : process.objects) {
      if (known != object || !IsTimer(tracer.AnyTaskOf(process), fd)) continue;
      UniqueFd copy = CopyOf(process.host, fd);
      if (copy) return Held{std::move(copy), process.index};
    }
  }
  return std::nullopt;
}

// fdinfo: "clockid: 1\nticks: 0\n..." (proc(5)).
uint64_t TicksOf(const UniqueFd& timer) {
  const std::string text = ReadProc(("/proc/self/fdinfo/" + std::to_string(timer.get())).c_str());
  for (const std::string_view line : Lines(text)) {
    const auto words = WordsOf(line);
    if (words.size() == 2 && words[0] == "ticks:") return LeadingNumber<uint64_t>(words[1]);
  }
  return 0;
}

}  // namespace

bool CanReachDescriptors() {
  static const bool can = [] {
    const UniqueFd own(static_cast<int>(::syscall(SYS_pidfd_open, ::getpid(), 0)));
    return own && UniqueFd(static_cast<int>(::syscall(SYS_pidfd_getfd, own.get(), own.get(), 0)));
  }();
  return can;
}

std::optional<record::ProcessIndex> AddTicks(Tracer& tracer, int object, uint64_t count) {
  const auto holder = FindHolder(tracer, object);
  if (!holder) return std::nullopt;
  const uint64_t ticks = TicksOf(holder->copy) + count;
  if (::ioctl(holder->copy.get(), kSetTicks, &ticks) != 0) {
    // A kernel without it (CONFIG_CHECKPOINT_RESTORE): it goes off at once, and counts one.
    const itimerspec now{.it_interval = {}, .it_value = {.tv_sec = 0, .tv_nsec = 1}};
    ::timerfd_settime(holder->copy.get(), 0, &now, nullptr);
  }
  return holder->by;
}

void ForgetTicks(Tracer& tracer, int object) {
  const auto holder = FindHolder(tracer, object);
  constexpr itimerspec kNever{};
  if (holder) ::timerfd_settime(holder->copy.get(), 0, &kNever, nullptr);
}

}  // namespace plumbline::trace::clock
