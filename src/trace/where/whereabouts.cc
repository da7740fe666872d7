// SPDX-License-Identifier: MIT
#include "trace/where/whereabouts.h"

#include <sys/syscall.h>
#include <sys/user.h>

#include <algorithm>
#include <iterator>
#include <optional>

#include "trace/ptrace.h"
#include "trace/where/lines.h"

namespace plumbline::trace::where {
namespace {

// More of the student's own frames are not needed to find a line: those that have none are code of
// the system's headers.
constexpr size_t kMostFrames = 12;
// Different ones; a program that has more is not told where any more.
constexpr size_t kMostTrails = 20'000;

Registers FromKernel(const user_regs_struct& saved) {
  const uint64_t values[kRegisters] = {saved.rax, saved.rdx, saved.rcx, saved.rbx, saved.rsi,
                                       saved.rdi, saved.rbp, saved.rsp, saved.r8,  saved.r9,
                                       saved.r10, saved.r11, saved.r12, saved.r13, saved.r14,
                                       saved.r15, saved.rip};
  Registers registers;
  for (int number = 0; number < kRegisters; ++number) registers.Set(number, values[number]);
  return registers;
}

// The image of one task, as the unwinder asks for it.
class TaskLayout : public Layout {
 public:
  TaskLayout(HostPid task, Image& image, Library& library)
      : task_(task), image_(image), library_(library) {}
  std::optional<Spot> SpotAt(uint64_t address) override {
    return image_.SpotAt(task_, library_, address);
  }

 private:
  HostPid task_;
  Image& image_;
  Library& library_;
};

// The lines of each file, opened when they are first asked for.
class Shelf {
 public:
  std::optional<record::Location> LocationOf(const std::vector<Spot>& frames) {
    for (const Spot& frame : frames) {
      const Lines* lines = Of(*frame.module);
      if (auto location = lines ? lines->At(frame.address) : std::nullopt) return location;
    }
    return std::nullopt;
  }

 private:
  const Lines* Of(const Module& module) {
    if (!module.has_lines()) return nullptr;
    const auto [entry, fresh] = lines_.try_emplace(&module);
    if (fresh) entry->second = Lines::Open(module.fd());
    return entry->second.get();
  }

  std::map<const Module*, std::unique_ptr<Lines>> lines_;
};

}  // namespace

// --- While it runs.

Image* Whereabouts::ImageOf(const Task& task) {
  Process& process = *task.process;
  if (!process.image) process.image = std::make_shared<Image>(process.executable);
  return process.image->IsStudents() ? process.image.get() : nullptr;
}

Trail Whereabouts::Of(const Task& task) {
  if (!task.process->begun || ImageOf(task) == nullptr) return kNoTrail;
  const auto saved = trace::Registers(task.host);
  if (!saved) return kNoTrail;
  const auto [begin, end] = task.process->loader;
  if (saved->rip >= begin && saved->rip < end) return kNoTrail;
  const auto call = static_cast<int64_t>(saved->orig_rax);
  return Follow(task, {.registers = FromKernel(*saved),
                       .exact = call < 0,
                       .in_clone = call == SYS_clone || call == SYS_clone3});
}

Trail Whereabouts::OfSleeper(const Task& task, const Entry& entry) {
  if (!task.process->begun || ImageOf(task) == nullptr) return kNoTrail;
  Start start;
  start.registers.Set(kReturnAddress, entry.instruction);
  start.registers.Set(kRsp, entry.stack);
  return Follow(task, start);
}

Trail Whereabouts::Follow(const Task& task, const Start& start) {
  Image& image = *task.process->image;
  TaskLayout layout(task.host, image, library_);
  const StackBytes stack(task.host, start.registers.values[kRsp]);
  Frames frames = Unwind(start, stack, layout, kMostFrames);
  // What a child does on a stack of its own before it executes a program is its maker's doing
  // (posix_spawn(3)).
  const Trail birth = task.process->birth;
  if (birth != kNoTrail)
    std::ranges::copy(*trails_[static_cast<size_t>(birth)], std::back_inserter(frames));
  return Number(std::move(frames));
}

Trail Whereabouts::Number(Frames frames) {
  if (frames.empty()) return kNoTrail;
  const auto known = numbers_.find(frames);
  if (known != numbers_.end()) return known->second;
  if (trails_.size() >= kMostTrails) return kNoTrail;
  const auto trail = static_cast<Trail>(trails_.size());
  trails_.push_back(&numbers_.emplace(std::move(frames), trail).first->first);
  return trail;
}

void Whereabouts::Note(int event, Trail trail) {
  if (event >= 0 && trail != kNoTrail) events_.emplace_back(event, trail);
}

void Whereabouts::NoteBlocked(const std::string& snapshot, record::ProcessIndex process, Pid tid,
                              Trail trail) {
  if (trail != kNoTrail) sleepers_.push_back({snapshot, process, tid, trail});
}

// --- Afterwards.

namespace {

record::Blocked* FindBlocked(record::Recording& recording, const std::string& name,
                             record::ProcessIndex process, Pid tid) {
  const auto snapshot = recording.snapshots.find(name);
  if (snapshot == recording.snapshots.end()) return nullptr;
  for (record::ProcessStateAt& state : snapshot->second.processes) {
    if (state.process != process) continue;
    for (record::Thread& thread : state.threads) {
      if (thread.tid == tid && thread.blocked) return &*thread.blocked;
    }
  }
  return nullptr;
}

}  // namespace

void Whereabouts::Tell(record::Recording& recording) const {
  if (trails_.empty()) return;
  Shelf shelf;
  std::vector<std::optional<record::Location>> locations;
  locations.reserve(trails_.size());
  for (const Frames* frames : trails_) locations.push_back(shelf.LocationOf(*frames));
  for (const auto& [event, trail] : events_)
    recording.events[static_cast<size_t>(event)].where = locations[static_cast<size_t>(trail)];
  for (const Sleeper& sleeper : sleepers_) {
    auto* const blocked = FindBlocked(recording, sleeper.snapshot, sleeper.process, sleeper.tid);
    if (blocked != nullptr) blocked->where = locations[static_cast<size_t>(sleeper.trail)];
  }
}

}  // namespace plumbline::trace::where
