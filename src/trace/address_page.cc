// SPDX-License-Identifier: MIT
// An address that connect(2) shall find as it was looked at, whatever other threads do: it stands
// in a page that the program can read and nobody can change but a tracer. The page is made by two
// calls in the program's name, before its first connect(2) to a file: mmap(2), and mseal(2), after
// which it can neither be unmapped nor be made writable.
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>

#include "base/io.h"
#include "base/text.h"
#include "base/words.h"
#include "sandbox/policy.h"
#include "sandbox/shared_network.h"
#include "trace/copied_sockets.h"
#include "trace/tracer.h"

namespace plumbline::trace {
namespace {

constexpr uint64_t kPage = 4096;
constexpr uint64_t kPlace = 128;  // for one address
static_assert(sizeof(sockaddr_un) < kPlace);
constexpr int kPlaces = kPage / kPlace;
constexpr unsigned long long kNoCall = ~0ULL;
constexpr int kSyscallInstruction = 2;  // bytes of `syscall`

// "7f00-7f01 r--p 00000000 00:00 0": memory of its own, of no file, that it cannot write to.
bool IsReadOnly(HostPid task, uint64_t page) {
  const std::string text = ReadProc(("/proc/" + std::to_string(task.value) + "/maps").c_str());
  for (const std::string_view line : Lines(text)) {
    const auto words = WordsOf(line);
    if (words.size() < 5) continue;
    const size_t dash = words[0].find('-');
    const auto begin = LeadingNumber<uint64_t>(words[0], 16);
    const auto end = LeadingNumber<uint64_t>(words[0].substr(dash + 1), 16);
    if (page < begin || end < page + kPage) continue;
    return words[1] == "r--p" && words[4] == "0" && words.size() == 5;
  }
  return false;
}

// Nobody has ever touched it: not one byte is on its way to it either (open(2), O_DIRECT), as it
// could be if another thread had put a page of its own there.
bool IsUntouched(HostPid task, uint64_t page) {
  constexpr uint64_t kPresentOrSwapped = uint64_t{3} << 62;
  const std::string path = "/proc/" + std::to_string(task.value) + "/pagemap";
  const UniqueFd pages(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  uint64_t entry = 0;
  const auto at = static_cast<off_t>(page / kPage * sizeof entry);
  return pages && ::pread(pages.get(), &entry, sizeof entry, at) == sizeof entry &&
         (entry & kPresentOrSwapped) == 0;
}

// At the end of a call: another one is made, or the same once more.
void MakeNext(HostPid task, user_regs_struct registers, int number) {
  registers.rip -= kSyscallInstruction;
  registers.orig_rax = kNoCall;
  registers.rax = static_cast<unsigned long long>(number);
  SetRegisters(task, registers);
}

}  // namespace

bool Tracer::LacksAddressPage(const Task& task) const {
  if (network_ == nullptr || task.call.number != SYS_connect || task.process->address_page != 0)
    return false;
  const auto socket = CopyOf(task.host, static_cast<int>(task.call.args[0]));
  return socket && OptionOf(*socket, SO_DOMAIN) == AF_UNIX;
}

void Tracer::MakeAddressPage(Task& task) {
  auto registers = Registers(task.host);
  if (!registers) return;  // killed meanwhile
  task.page_making = {.call = *registers};
  registers->orig_rax = SYS_mmap;
  registers->rdi = 0;
  registers->rsi = kPage;
  registers->rdx = PROT_READ;
  registers->r10 = MAP_PRIVATE | MAP_ANONYMOUS;
  registers->r8 = ~0ULL;
  registers->r9 = 0;
  SetRegisters(task.host, *registers);
  GoOnToCallEnd(task);
}

void Tracer::AtSealCall(Task& task, const Entry& entry) {
  if (task.page_making && task.page_making->page == entry.args[0]) {
    task.page_making->in_call = true;
    return GoOnToCallEnd(task);
  }
  SkipCall(task.host, -ENOSYS);
  GoOn(task);
}

// At the end of one of the two. True: the task has been let go.
bool Tracer::GoesOnWithAddressPage(Task& task) {
  if (!task.page_making || !task.page_making->in_call || task.state != Task::State::kInCall)
    return false;
  const auto result = ResultOf(task.host);
  if (!result) return true;  // killed meanwhile
  PageMaking& making = *task.page_making;
  if (making.page != 0) {
    const bool made =
        *result == 0 && IsReadOnly(task.host, making.page) && IsUntouched(task.host, making.page);
    EndAddressPage(task, made);
    return true;
  }
  if (*result < 0) {
    EndAddressPage(task, false);
    return true;
  }
  making.page = static_cast<uint64_t>(*result);
  making.in_call = false;
  user_regs_struct registers = making.call;
  registers.rdi = making.page;
  registers.rsi = kPage;
  registers.rdx = 0;
  MakeNext(task.host, registers, sandbox::kSealCall);
  GoOn(task);
  return true;
}

void Tracer::EndAddressPage(Task& task, bool made) {
  PageMaking making = *std::exchange(task.page_making, std::nullopt);
  if (made) {
    task.process->address_page = making.page;
    MakeNext(task.host, making.call, SYS_connect);
  } else {
    network_->NoteFailure({"a program's memory has no page that it cannot change (mseal(2))",
                           "isolation B needs none"});
    making.call.orig_rax = kNoCall;
    making.call.rax = static_cast<unsigned long long>(-ENOMEM);
    SetRegisters(task.host, making.call);
  }
  GoOn(task);
}

// What the kernel reads there from now on is this, or what was put there before: names that were
// looked at too.
bool Tracer::LeadAddress(Task& task, const std::string& path) {
  std::array<bool, kPlaces> used{};
  for (const Task* other : TasksOf(*task.process)) {
    if (other != &task && !other->led_to.empty())
      used[static_cast<size_t>(other->address_slot)] = true;
  }
  const auto free = std::ranges::find(used, false);
  if (free == used.end()) return false;
  task.address_slot = static_cast<int>(free - used.begin());
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  path.copy(address.sun_path, sizeof address.sun_path - 1);
  const uint64_t place =
      task.process->address_page + static_cast<uint64_t>(free - used.begin()) * kPlace;
  if (!WriteProtected(task.host, place, &address, sizeof address)) return false;
  const uint64_t size = offsetof(sockaddr_un, sun_path) + path.size() + 1;
  for (const auto& [index, value] : {std::pair{1, place}, std::pair{2, size}}) {
    task.changed.emplace_back(index, task.call.args[index]);
    SetArgument(task.host, index, value);
  }
  task.led_to = path;
  return true;
}

}  // namespace plumbline::trace
