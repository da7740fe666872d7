// SPDX-License-Identifier: MIT
#include "trace/where/whereabouts.h"

#include <sys/syscall.h>
#include <sys/user.h>

#include <algorithm>
#include <iterator>
#include <optional>
#include <set>

#include "trace/ptrace.h"
#include "trace/where/errno_address.h"
#include "trace/where/unsafe_functions.h"

namespace plumbline::trace::where {
namespace {

// More of the student's own frames are not needed to find a line: those that have none are code of
// the system's headers.
constexpr size_t kMostFrames = 12;
// Enough for what the C library has between a program and the kernel (vfprintf, system, perror).
constexpr size_t kStackBytes = 4096;
constexpr size_t kCrashBytes = 65536;
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

}  // namespace

// --- While it runs.

Image& Whereabouts::ImageOf(const Task& task) {
  Process& process = *task.process;
  if (!process.image) process.image = std::make_shared<Image>(process.executable);
  return *process.image;
}

Trail Whereabouts::At(const Task& task, int why) {
  if (!task.process->begun || ImageOf(task).kind() == Image::Kind::kSystem) return kNoTrail;
  const auto saved = trace::Registers(task.host);
  if (!saved) return kNoTrail;
  const auto [begin, end] = task.process->loader;
  if (saved->rip >= begin && saved->rip < end) return kNoTrail;
  if (ImageOf(task).kind() != Image::Kind::kNative) return InScript(task, why, saved->fs_base);
  const auto call = static_cast<int64_t>(saved->orig_rax);
  return Follow(task, {.registers = FromKernel(*saved),
                       .exact = call < 0,
                       .in_clone = call == SYS_clone || call == SYS_clone3,
                       .whole = why == kCrash});
}

Trail Whereabouts::OfSleeper(const Task& task, const Entry& entry) {
  if (!task.process->begun || ImageOf(task).kind() == Image::Kind::kSystem) return kNoTrail;
  if (ImageOf(task).kind() != Image::Kind::kNative) return InScript(task, entry.number, 0);
  Start start;
  start.registers.Set(kReturnAddress, entry.instruction);
  start.registers.Set(kRsp, entry.stack);
  return Follow(task, start);
}

Trail Whereabouts::Follow(const Task& task, const Start& start) {
  Image& image = *task.process->image;
  TaskLayout layout(task.host, image, library_);
  const StackBytes stack(task.host, start.registers.values[kRsp],
                         start.whole ? kCrashBytes : kStackBytes);
  Frames frames = Unwind(start, stack, layout, kMostFrames);
  // What a child does on a stack of its own before it executes a program is its maker's doing
  // (posix_spawn(3)).
  const Trail birth = task.process->birth;
  if (birth != kNoTrail && !task.process->on_own_stack)
    std::ranges::copy(*std::get<const Frames*>(trails_[static_cast<size_t>(birth)]),
                      std::back_inserter(frames));
  return Number(std::move(frames));
}

std::optional<HandlerStack> Whereabouts::StackOfHandler(const Task& task) {
  const auto saved = trace::Registers(task.host);
  if (!saved || WatchOf(task) == nullptr) return std::nullopt;
  const auto call = static_cast<int64_t>(saved->orig_rax);
  const Start start{.registers = FromKernel(*saved),
                    .exact = call < 0,
                    .in_clone = call == SYS_clone || call == SYS_clone3};
  TaskLayout layout(task.host, ImageOf(task), library_);
  const StackBytes stack(task.host, saved->rsp, kCrashBytes);
  return UnwindHandler(start, stack, layout);
}

std::optional<Trail> Whereabouts::OfHandler(const Task& task) {
  auto handler = StackOfHandler(task);
  if (!handler) return std::nullopt;
  return Number(std::move(handler->frames));
}

std::optional<Whereabouts::Unsafe> Whereabouts::UnsafeOfHandler(const Task& task) {
  auto handler = StackOfHandler(task);
  if (!handler || !handler->entered) return std::nullopt;
  auto function = NameOfUnsafe(handler->entered->module->NamesAt(handler->entered->address));
  if (!function) return std::nullopt;
  return Unsafe{*std::move(function), Number(std::move(handler->frames))};
}

Trail Whereabouts::OfAddress(const Task& task, uint64_t address) {
  const auto spot = ImageOf(task).SpotAt(task.host, library_, address);
  if (!spot || spot->module->of_student() == nullptr) return kNoTrail;
  return Number(Frames{*spot});
}

bool Whereabouts::IsNative(const Task& task) {
  return task.process->begun && ImageOf(task).kind() == Image::Kind::kNative;
}

bool Whereabouts::IsOfStudent(const Task& task, uint64_t address) {
  const auto spot = ImageOf(task).SpotAt(task.host, library_, address);
  return spot && spot->module->of_student() != nullptr;
}

std::optional<uint64_t> Whereabouts::ReturnOf(const Task& task) {
  const auto saved = trace::Registers(task.host);
  if (!saved) return std::nullopt;
  const Start start{.registers = FromKernel(*saved),
                    .exact = static_cast<int64_t>(saved->orig_rax) < 0};
  TaskLayout layout(task.host, ImageOf(task), library_);
  return ReturnToStudent(start, StackBytes(task.host, saved->rsp, kStackBytes), layout);
}

const Watch* Whereabouts::WatchOf(const Task& task) {
  if (!IsNative(task)) return nullptr;
  return &ImageOf(task).watch(task.host, library_);
}

std::optional<uint64_t> Whereabouts::ErrnoOf(const Task& task) {
  const Watch* const watch = WatchOf(task);
  if (watch == nullptr || watch->errno_location == 0) return std::nullopt;
  return ErrnoAddress(task.host, watch->errno_location);
}

Trail Whereabouts::InScript(const Task& task, int call, uint64_t thread) {
  Image& image = ImageOf(task);
  if (image.kind() == Image::Kind::kPython)
    return Number(image.python(task.host, library_).At(task.host, {task.tid, thread}));
  return InShell(task, call);
}

bool Whereabouts::KeepsTrack(const Task& task) {
  if (!task.process->begun || ImageOf(task).kind() != Image::Kind::kPython) return false;
  const auto saved = trace::Registers(task.host);
  return saved && ImageOf(task)
                      .python(task.host, library_)
                      .KeepsTrack(task.host, {task.tid, saved->fs_base});
}

namespace {

// What the shell does between two commands, when its own line is where the loop or the function
// around them begins.
bool IsBetweenCommands(int call) {
  return call == SYS_exit_group || call == SYS_rt_sigaction || call == SYS_rt_sigprocmask;
}

}  // namespace

Trail Whereabouts::InShell(const Task& task, int call) {
  const Process& process = *task.process;
  const BashState state = BashAt(task.host, ImageOf(task).bash(task.host, library_));
  // A subshell runs a piece of the line that made it.
  if (state.in_text) return process.birth;
  if (state.in_builtin) return Number(state.location);
  // It waits for its last command.
  if (call == SYS_wait4 || call == kSignal) return process.last_child;
  return IsBetweenCommands(call) ? kNoTrail : Number(state.location);
}

Trail Whereabouts::Number(const std::optional<record::Location>& location) {
  if (!location) return kNoTrail;
  const Line key{location->file, location->line, location->function};
  const auto known = lines_.find(key);
  if (known != lines_.end()) return known->second;
  if (trails_.size() >= kMostTrails) return kNoTrail;
  const auto trail = static_cast<Trail>(trails_.size());
  trails_.emplace_back(*location);
  lines_.emplace(key, trail);
  return trail;
}

Trail Whereabouts::Number(Frames frames) {
  if (frames.empty()) return kNoTrail;
  const auto known = numbers_.find(frames);
  if (known != numbers_.end()) return known->second;
  if (trails_.size() >= kMostTrails) return kNoTrail;
  const auto trail = static_cast<Trail>(trails_.size());
  trails_.emplace_back(&numbers_.emplace(std::move(frames), trail).first->first);
  return trail;
}

void Whereabouts::Note(int event, Trail trail) {
  if (event >= 0 && trail != kNoTrail) events_.emplace_back(event, trail);
}

Trail Whereabouts::Noted(int event) const {
  const auto found = std::ranges::lower_bound(events_, event, {}, &std::pair<int, Trail>::first);
  return found != events_.end() && found->first == event ? found->second : kNoTrail;
}

void Whereabouts::NoteOutermost(int event, Trail trail) {
  if (event >= 0 && trail != kNoTrail) outermost_.emplace_back(event, trail);
}

void Whereabouts::NoteCrash(int event, Trail trail) {
  if (event >= 0 && trail != kNoTrail) crashes_.emplace_back(event, trail);
}

void Whereabouts::NoteBlocked(const std::string& snapshot, record::ProcessIndex process, Pid tid,
                              Trail trail) {
  if (trail != kNoTrail) sleepers_.push_back({snapshot, process, tid, trail});
}

void Whereabouts::NoteIn(Told told, Trail trail) {
  if (trail != kNoTrail) others_.emplace_back(std::move(told), trail);
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

namespace {

Place PlaceOf(const std::vector<Spot>& frames, const Spot& frame) {
  return {.address = frame.address, .innermost = &frame == frames.data()};
}

}  // namespace

// All of a file's places are asked for at once: a question costs more than its answer.
void Whereabouts::LookUp() {
  std::map<KnownFile*, std::set<Place>> places;
  for (const auto& [frames, trail] : numbers_) {
    for (const Spot& frame : frames)
      places[frame.module->of_student()].insert(PlaceOf(frames, frame));
  }
  for (const auto& [file, some] : places) file->LookUp(some);
}

std::vector<record::Location> Whereabouts::LocationsOf(Trail trail) const {
  const auto& found = trails_[static_cast<size_t>(trail)];
  if (const auto* known = std::get_if<record::Location>(&found)) return {*known};
  std::vector<record::Location> locations;
  const Frames& frames = *std::get<const Frames*>(found);
  for (const Spot& frame : frames) {
    const auto* const location = frame.module->of_student()->LocationAt(PlaceOf(frames, frame));
    if (location != nullptr) locations.push_back(*location);
  }
  return locations;
}

std::optional<record::Location> Whereabouts::WhereIs(Trail trail) {
  if (trail == kNoTrail) return std::nullopt;
  const auto known = known_.find(trail);
  if (known != known_.end()) return known->second;
  if (const auto* const* frames =
          std::get_if<const Frames*>(&trails_[static_cast<size_t>(trail)])) {
    for (const Spot& frame : **frames)
      frame.module->of_student()->LookUp({PlaceOf(**frames, frame)});
  }
  const auto locations = LocationsOf(trail);
  const auto found = locations.empty() ? std::nullopt : std::optional(locations.front());
  known_.emplace(trail, found);
  return found;
}

void Whereabouts::Tell(record::Recording& recording) {
  if (trails_.empty()) return;
  LookUp();
  const auto innermost = [&](Trail trail) {
    const auto locations = LocationsOf(trail);
    return locations.empty() ? std::nullopt : std::optional(locations.front());
  };
  for (const auto& [event, trail] : events_)
    recording.events[static_cast<size_t>(event)].where = innermost(trail);
  for (const auto& [event, trail] : outermost_) {
    const auto locations = LocationsOf(trail);
    if (!locations.empty()) recording.events[static_cast<size_t>(event)].where = locations.back();
  }
  for (const auto& [event, trail] : crashes_) {
    auto& what = recording.events[static_cast<size_t>(event)].what;
    std::get<record::Exited>(what).stack = LocationsOf(trail);
  }
  for (const auto& [told, trail] : others_) told(recording) = innermost(trail);
  for (const Sleeper& sleeper : sleepers_) {
    auto* const blocked = FindBlocked(recording, sleeper.snapshot, sleeper.process, sleeper.tid);
    if (blocked != nullptr) blocked->where = innermost(sleeper.trail);
  }
}

}  // namespace plumbline::trace::where
