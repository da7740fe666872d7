// SPDX-License-Identifier: MIT
#include "trace/where/reader_process.h"

#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

#include "base/io.h"
#include "sandbox/init.h"
#include "sandbox/privileges.h"
#include "trace/where/lines.h"

namespace plumbline::trace::where {

using sandbox::Packer;
using sandbox::Unpacker;

// --- What is said.

void Pack(Packer& to, const Outline& outline) {
  to.Number(outline.has_lines ? 1 : 0).Number(outline.segments.size());
  for (const Outline::Segment& segment : outline.segments)
    to.Number(segment.offset).Number(segment.size).Number(segment.address);
}

bool Unpack(Unpacker& from, Outline& outline) {
  outline.has_lines = from.Number() == 1;
  const uint64_t count = from.Number();
  if (count > Outline::kMostSegments) return false;
  outline.segments.resize(count);
  for (Outline::Segment& segment : outline.segments) {
    segment.offset = from.Number();
    segment.size = from.Number();
    segment.address = from.Number();
  }
  return from.ok();
}

void Pack(Packer& to, const RowRange& range) {
  const Row& row = range.row;
  to.Number(range.begin).Number(range.end).Number(row.signal ? 1 : 0);
  to.Signed(row.cfa_register).Signed(row.cfa_offset);
  for (const Rule& rule : row.rules) to.Signed(static_cast<int>(rule.from)).Signed(rule.number);
}

bool Unpack(Unpacker& from, RowRange& range) {
  Row& row = range.row;
  range.begin = from.Number();
  range.end = from.Number();
  row.signal = from.Number() == 1;
  row.cfa_register = from.Int();
  row.cfa_offset = static_cast<int64_t>(from.Number());
  if (row.cfa_register < 0 || row.cfa_register >= kReturnAddress) return false;
  for (Rule& rule : row.rules) {
    const uint64_t kind = from.Number();
    rule.number = static_cast<int64_t>(from.Number());
    if (kind > static_cast<uint64_t>(Rule::From::kNowhere)) return false;
    rule.from = static_cast<Rule::From>(kind);
    if (rule.from == Rule::From::kRegister && (rule.number < 0 || rule.number >= kRegisters))
      return false;
  }
  return from.ok();
}

namespace {

// Of a name; Linux has no longer paths.
constexpr size_t kMostName = 4096;

}  // namespace

void Pack(Packer& to, const record::Location& location) {
  to.Text(location.file).Signed(location.line).Text(location.function);
}

bool Unpack(Unpacker& from, record::Location& location) {
  location.file = from.Text();
  location.line = from.Int();
  location.function = from.Text();
  return from.ok() && !location.file.empty() && location.line > 0;
}

namespace {

// --- What it may do.

// Enough for the debug information of any lab program, and for a compiler's.
constexpr Bytes kMemory = MiB(512);
constexpr rlim_t kProcessorSeconds = 2;
constexpr rlim_t kDescriptors = 16;

// An account that owns nothing (nobody); who is not root stays who it is, and can do no more.
constexpr unsigned kNobody = 65534;

void GiveUpIdentity() {
  if (::geteuid() != 0) return;
  (void)::syscall(SYS_setgroups, 0, nullptr);
  (void)::syscall(SYS_setresgid, kNobody, kNobody, kNobody);
  (void)::syscall(SYS_setresuid, kNobody, kNobody, kNobody);
}

uint64_t AddressSpaceNow() {
  const std::string sizes = ReadProc("/proc/self/statm");
  uint64_t pages = 0;
  std::from_chars(sizes.data(), sizes.data() + sizes.size(), pages);
  return pages * static_cast<uint64_t>(::sysconf(_SC_PAGESIZE));
}

bool Limit(__rlimit_resource resource, rlim_t most) {
  rlimit limit{};
  if (::getrlimit(resource, &limit) < 0) return false;
  limit.rlim_max = std::min(limit.rlim_max, most);
  limit.rlim_cur = limit.rlim_max;
  return ::setrlimit(resource, &limit) == 0;
}

bool LimitItself() {
  return Limit(RLIMIT_AS, AddressSpaceNow() + kMemory.count) &&
         Limit(RLIMIT_CPU, kProcessorSeconds) && Limit(RLIMIT_NOFILE, kDescriptors) &&
         Limit(RLIMIT_CORE, 0) && Limit(RLIMIT_FSIZE, 0) && Limit(RLIMIT_NPROC, 0);
}

constexpr uint32_t kRefused = SECCOMP_RET_ERRNO | EPERM;

// To take requests, to answer, to read what it was given, memory, and to end. It has no way to get
// at another file, and none to reach another process.
constexpr uint32_t kAllowed[] = {
    SYS_recvmsg, SYS_sendto, SYS_read,   SYS_pread64,    SYS_lseek,        SYS_fstat,
    SYS_close,   SYS_brk,    SYS_munmap, SYS_mremap,     SYS_madvise,      SYS_futex,
    SYS_getpid,  SYS_gettid, SYS_exit,   SYS_exit_group, SYS_rt_sigreturn, SYS_rt_sigprocmask,
};
// And memory that holds no code.
constexpr uint32_t kForMemory[] = {SYS_mmap, SYS_mprotect};
// fstat(3) of the C library is this call with AT_EMPTY_PATH.
constexpr uint32_t kForStat = SYS_newfstatat;

constexpr uint32_t LowHalf(size_t argument) {
  return static_cast<uint32_t>(offsetof(seccomp_data, args) + 8 * argument);
}

std::string Filter() {
  std::vector<sock_filter> code;
  const auto load = [&](uint32_t offset) {
    code.push_back({BPF_LD | BPF_W | BPF_ABS, 0, 0, offset});
  };
  const auto leave = [&](uint32_t action) { code.push_back({BPF_RET | BPF_K, 0, 0, action}); };
  // The next instruction, or so many behind it.
  const auto unless = [&](uint16_t test, uint32_t value, uint8_t skip) {
    code.push_back({static_cast<uint16_t>(BPF_JMP | test | BPF_K), 0, skip, value});
  };
  load(offsetof(seccomp_data, arch));
  code.push_back({BPF_JMP | BPF_JEQ | BPF_K, 1, 0, AUDIT_ARCH_X86_64});
  leave(SECCOMP_RET_KILL_PROCESS);
  load(offsetof(seccomp_data, nr));
  for (const uint32_t call : kAllowed) {
    unless(BPF_JEQ, call, 1);
    leave(SECCOMP_RET_ALLOW);
  }
  for (const uint32_t call : kForMemory) {
    unless(BPF_JEQ, call, 4);
    load(LowHalf(2));
    unless(BPF_JSET, PROT_EXEC, 1);
    leave(kRefused);
    leave(SECCOMP_RET_ALLOW);
  }
  unless(BPF_JEQ, kForStat, 3);
  load(LowHalf(3));
  unless(BPF_JEQ, AT_EMPTY_PATH, 1);
  leave(SECCOMP_RET_ALLOW);
  leave(kRefused);
  return {reinterpret_cast<const char*>(code.data()), code.size() * sizeof(sock_filter)};
}

bool Confine() {
  for (int signal = 1; signal < NSIG; ++signal) ::signal(signal, SIG_DFL);
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  GiveUpIdentity();
  // After the change of identity, which clears it. Should the supervisor be dead already, the
  // socket ends.
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  ::prctl(PR_SET_DUMPABLE, 0);
  ::prctl(PR_SET_NAME, "reader");
  return LimitItself() && sandbox::DropPrivileges() && sandbox::InstallFilter(Filter());
}

// --- What it does.

class Answers {
 public:
  explicit Answers(int file) : file_(file), elf_(ElfFile::Open(file)) {}

  std::string To(const sandbox::Message& request) {
    Unpacker from(request.bytes);
    switch (static_cast<ReaderRequest>(from.Int())) {
      case ReaderRequest::kOutline:
        return ReadOutline();
      case ReaderRequest::kRow:
        return RowAt(from.Number());
      case ReaderRequest::kLocations:
        return LocationsAt(from);
    }
    return Nothing();
  }

 private:
  static std::string Nothing() { return Packer().Number(0).bytes(); }

  std::string ReadOutline() const {
    if (!elf_) return Nothing();
    Packer answer;
    answer.Number(1);
    Pack(answer, elf_->outline());
    return answer.bytes();
  }

  std::string RowAt(uint64_t address) const {
    const auto range = elf_ ? elf_->RowAt(address) : std::nullopt;
    if (!range) return Nothing();
    Packer answer;
    answer.Number(1);
    Pack(answer, *range);
    return answer.bytes();
  }

  std::optional<record::Location> LocationAt(uint64_t address, bool innermost) {
    if (!std::exchange(has_opened_lines_, true)) lines_ = Lines::Open(file_);
    if (!lines_) return std::nullopt;
    auto location = innermost ? lines_->AtInnermost(address) : lines_->At(address);
    if (!location || location->file.size() > kMostName) return std::nullopt;
    if (location->function.size() > kMostName) location->function.clear();
    return location;
  }

  std::string LocationsAt(Unpacker& from) {
    Packer some;
    uint64_t count = 0;
    constexpr size_t kLongest = 2 * kMostName + 64;
    for (uint64_t left = from.Number(); left > 0 && from.ok(); --left, ++count) {
      if (some.bytes().size() + kLongest > kMostAnswer) break;
      const uint64_t address = from.Number();
      const auto location = LocationAt(address, from.Number() == 1);
      some.Number(location ? 1 : 0);
      if (location) Pack(some, *location);
    }
    return Packer().Number(count).bytes() + some.bytes();
  }

  int file_;
  std::unique_ptr<ElfFile> elf_;
  std::unique_ptr<Lines> lines_;
  bool has_opened_lines_ = false;
};

}  // namespace

void RunReader(UniqueFd socket, int file) {
  UniqueFd content(file);
  sandbox::KeepOnly({&socket, &content});
  if (!Confine()) ::_exit(1);
  Answers answers(content.get());
  while (true) {
    const auto request = sandbox::Receive(socket.get());
    if (!request || !*request) ::_exit(0);
    const std::string answer = answers.To(**request);
    if (::send(socket.get(), answer.data(), answer.size(), MSG_NOSIGNAL) < 0) ::_exit(1);
  }
}

}  // namespace plumbline::trace::where
