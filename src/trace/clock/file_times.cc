// SPDX-License-Identifier: MIT
#include "trace/clock/file_times.h"

#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

#include "trace/clock/times.h"

namespace plumbline::trace::clock {
namespace {

// Of a program that does nothing else.
constexpr size_t kMostSet = 1 << 16;

Duration RealDate(clockid_t id) {
  timespec time{};
  ::clock_gettime(id, &time);
  return *ToDuration(time);
}

Duration ChangeOf(int fd) {
  struct stat status{};
  ::fstat(fd, &status);
  return *ToDuration(status.st_mtim);
}

}  // namespace

FileTimes::FileTimes(std::function<Duration()> date) : date_(std::move(date)) {}

void FileTimes::Begin(bool differs) {
  moments_.clear();
  set_.clear();
  behind_ = {};
  if (differs) Add(StampNow(), date_());
}

void FileTimes::Add(Duration real, Duration told) {
  if (!moments_.empty()) told = std::max(told, moments_.back().told);
  moments_.push_back({real, told});
}

void FileTimes::Jumped(Duration before, Duration date) {
  const Duration real = StampNow();
  // Until the first jump everything was told as it is.
  if (moments_.empty()) {
    behind_ = std::max(before - real, Duration{});
    before = real + behind_;
  }
  Add(real, before - behind_);
  Add(real, date - behind_);
}

// Stamps of files are as coarse as the kernel's tick, and two files of one tick may have a jump
// between them. A file that was looked at and changes again within the tick is stamped exactly, and
// no other file gets an older stamp after that (Linux 6.13, "multigrain timestamps"). On older
// kernels the tick is waited out.
Duration FileTimes::StampNow() {
  if (!stamped_) stamped_ = UniqueFd(::memfd_create("stamp", MFD_CLOEXEC));
  const Duration now = RealDate(CLOCK_REALTIME);
  constexpr int kChanges = 3;  // the first may be of another tick
  for (int change = 0; change < kChanges; ++change) {
    if (::pwrite(stamped_.get(), "", 1, 0) != 1) break;
    const Duration stamp = ChangeOf(stamped_.get());
    if (stamp > now) return stamp;
  }
  Duration tick = RealDate(CLOCK_REALTIME_COARSE);
  while (tick <= now) tick = RealDate(CLOCK_REALTIME_COARSE);
  return tick;
}

Duration FileTimes::Told(Duration kernels) {
  if (moments_.empty() || kernels < moments_.front().real || set_.contains(kernels)) return kernels;
  if (kernels > moments_.back().real) {
    const Duration now = RealDate(CLOCK_REALTIME);
    if (kernels > now) return kernels;  // a time to come, which a program set
    Add(now, date_() - behind_);
  }
  const auto next = std::ranges::upper_bound(moments_, kernels, {}, &Moment::real);
  const Moment& last = *std::prev(next);
  if (next == moments_.end()) return last.told;
  const auto share = static_cast<double>((kernels - last.real).count()) /
                     static_cast<double>((next->real - last.real).count());
  const auto passed = static_cast<double>((next->told - last.told).count());
  return last.told + Duration(static_cast<int64_t>(share * passed));
}

void FileTimes::NoteSet(Duration time) {
  if (set_.size() < kMostSet) set_.insert(time);
}

}  // namespace plumbline::trace::clock
