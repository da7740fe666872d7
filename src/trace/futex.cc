// SPDX-License-Identifier: MIT
#include "trace/futex.h"

#include <linux/futex.h>

#include <array>

#include "trace/shared_memory.h"

namespace plumbline::trace {
namespace {

using record::Awaited;
using record::HeldBy;
using record::Thing;

// The words from 24 bytes before the futex's to 12 behind it.
constexpr uint64_t kBefore = 24;
struct Words {
  std::array<uint32_t, 10> words{};
  uint32_t At(int offset) const {
    return words[static_cast<size_t>((static_cast<int>(kBefore) + offset) / 4)];
  }
};

// A page may begin at the futex, or end behind it: what is not there reads as 0.
Words WordsAround(HostPid task, uint64_t address) {
  Words around;
  for (size_t i = 0; i < around.words.size(); ++i) {
    const uint64_t at = address - kBefore + 4 * i;
    around.words[i] = ReadValue<uint32_t>(task, at).value_or(0);
  }
  return around;
}

class Futex {
 public:
  Futex(const Task& task, const Entry& entry, Tracer& tracer)
      : task_(task),
        entry_(entry),
        tracer_(tracer),
        around_(WordsAround(task.host, entry.args[0])) {}

  Awaited Tell(std::optional<SharedPlace> shared) {
    if (shared) {
      awaited_.memory = shared->memory;
      awaited_.offset = shared->offset;
    }
    awaited_.thing = Recognize();
    return std::move(awaited_);
  }

 private:
  uint64_t command() const { return entry_.args[1] & FUTEX_CMD_MASK; }
  uint32_t expected() const { return static_cast<uint32_t>(entry_.args[2]); }

  Thing Recognize() {
    if (command() == FUTEX_LOCK_PI || command() == FUTEX_LOCK_PI2)
      return MutexOf(around_.At(0) & FUTEX_TID_MASK);
    if (IsThread()) return Thing::kThread;
    if (IsMutex()) return MutexOf(around_.At(8));
    if (IsCondition()) return Thing::kCondition;
    return IsSemaphore() ? Thing::kSemaphore : Thing::kFutex;
  }

  // pthread_join(3): the word is the other thread's number, which the kernel clears at its end. A
  // mutex's word may be the same number, but is waited for by another command.
  bool IsThread() {
    const bool absolute = command() == FUTEX_WAIT_BITSET;
    if (!absolute || expected() == 0 || around_.At(0) != expected()) return false;
    const auto thread = OwnThread(expected());
    if (!thread || thread->tid == task_.tid) return false;
    awaited_.by.push_back(*thread);
    return true;
  }

  // __lock: 2 while somebody waits, and of robust mutexes the owner with the bit for waiters;
  // __owner 8 bytes on, __nusers 12 bytes on, which is none as long as nobody has it.
  bool IsMutex() const {
    const bool plain = expected() == 2 && around_.At(0) == 2;
    const bool robust = (expected() & FUTEX_WAITERS) != 0 &&
                        (expected() & FUTEX_TID_MASK) == around_.At(8) && around_.At(8) != 0;
    return plain || robust;
  }
  Thing MutexOf(uint32_t owner) {
    auto thread = OwnThread(owner);
    if (!thread && awaited_.memory != 0) thread = AnyThread(owner);
    if (thread) awaited_.by.push_back(*thread);
    return Thing::kMutex;
  }

  // pthread_cond_t of glibc 2.25 to 2.40: the two words of __g_signals are its last, 24 bytes
  // behind those of __g_refs, which count by two; __wrefs, by eight, stands before __g_signals.
  bool IsCondition() const {
    const uint32_t references = around_.At(-24);
    const auto waiters = [&](int offset) { return around_.At(offset) / 8; };
    const auto some = [](uint32_t count) { return count >= 1 && count < 1 << 20; };
    return references >= 2 && references < 1 << 20 && (some(waiters(-4)) || some(waiters(-8)));
  }

  // sem_t: its value, how many wait, and whether it is shared (0 or 128).
  bool IsSemaphore() const {
    const uint32_t waiters = around_.At(4);
    const uint32_t shared = around_.At(8);
    return expected() == 0 && around_.At(0) == 0 && waiters >= 1 && waiters < 1 << 20 &&
           (shared == 0 || shared == 128);
  }

  std::optional<HeldBy> OwnThread(uint32_t tid) const {
    for (const Task* task : tracer_.TasksOf(*task_.process)) {
      if (!task->leaves && static_cast<uint32_t>(task->tid.value) == tid)
        return HeldBy{task->process->index, task->tid};
    }
    return std::nullopt;
  }
  std::optional<HeldBy> AnyThread(uint32_t tid) const {
    for (const auto& [host, task] : tracer_.tasks()) {
      if (!task->leaves && static_cast<uint32_t>(task->tid.value) == tid)
        return HeldBy{task->process->index, task->tid};
    }
    return std::nullopt;
  }

  const Task& task_;
  const Entry& entry_;
  Tracer& tracer_;
  Words around_;
  Awaited awaited_;
};

}  // namespace

std::optional<Awaited> FutexOf(const Task& task, const Entry& entry, Tracer& tracer,
                               Journal& journal) {
  return Futex(task, entry, tracer).Tell(SharedAt(task.host, entry.args[0], journal));
}

}  // namespace plumbline::trace
