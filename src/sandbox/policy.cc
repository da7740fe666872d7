// SPDX-License-Identifier: MIT
#include "sandbox/policy.h"

#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/netlink.h>
#include <linux/seccomp.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <iterator>

#include "base/check.h"
#include "base/errno_names.h"
#include "sandbox/shared.h"

namespace plumbline::sandbox {
namespace {

// About the low half of one argument: the calls below take an int, and the kernel ignores the rest.
// Of a pointer each half is asked for.
struct Condition {
  enum class Is { kOneOf, kNoneOf, kWithAnyBit, kAbove };
  int argument;
  Is is;
  std::vector<uint32_t> values;
  bool high_half = false;
};
using Conditions = std::vector<Condition>;

constexpr uint32_t kRefused = SECCOMP_RET_ERRNO | EPERM;
constexpr uint32_t kUnknown = SECCOMP_RET_ERRNO | ENOSYS;
constexpr uint32_t kNoSuchFamily = SECCOMP_RET_ERRNO | EAFNOSUPPORT;
constexpr uint32_t kNoSuchProtocol = SECCOMP_RET_ERRNO | EPROTONOSUPPORT;
constexpr uint32_t kNoSuchType = SECCOMP_RET_ERRNO | ESOCKTNOSUPPORT;
constexpr uint32_t kNotSupported = SECCOMP_RET_ERRNO | EOPNOTSUPP;
constexpr uint32_t kInvalid = SECCOMP_RET_ERRNO | EINVAL;
constexpr uint32_t kPretend = SECCOMP_RET_ERRNO | 0;
// Without a tracer that is ENOSYS (seccomp(2)).
constexpr uint32_t kTracers = SECCOMP_RET_TRACE;

// IOPRIO_WHO_PROCESS of ioprio_set(2); newer headers that have it are no C++.
constexpr uint64_t kIoOfProcess = 1;

struct Rule {
  int call;
  Conditions when;  // all must hold
  uint32_t outcome;
  const char* reason;
  // Where a tracer stops at the call, refusing it is the tracer's, who can say so then.
  bool is_tracers = false;
};

Condition OneOf(int argument, std::vector<uint32_t> values) {
  return {argument, Condition::Is::kOneOf, std::move(values)};
}
Condition NoneOf(int argument, std::vector<uint32_t> values) {
  return {argument, Condition::Is::kNoneOf, std::move(values)};
}
Condition WithAnyBit(int argument, uint32_t bits) {
  return {argument, Condition::Is::kWithAnyBit, {bits}};
}

Condition Above(int argument, uint32_t value) { return {argument, Condition::Is::kAbove, {value}}; }

Condition LowHalfIsSet(int argument) { return NoneOf(argument, {0}); }
Condition HighHalfIsSet(int argument) { return {argument, Condition::Is::kNoneOf, {0}, true}; }

constexpr char kCoreReason[] = "0 would start the machine's own crash handler, outside (core(5))";

// pipe(7).
constexpr uint32_t kUsualPipe = 65536;
// semget(2): SEMMSL, until Linux 3.19.
constexpr uint32_t kUsualSemaphores = 250;

constexpr uint32_t kNamespaceFlags = CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC |
                                     CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET;

// Everything else is allowed: what a lab program may do is bounded by the namespaces, and this
// table closes what they leave open.
const std::vector<Rule>& Policy() {
  static const std::vector<Rule> rules{
      // The machine's keys, not the namespace's.
      {SYS_keyctl, {}, kRefused, "keys are shared by the whole machine"},
      {SYS_add_key, {}, kRefused, "keys are shared by the whole machine"},
      {SYS_request_key, {}, kRefused, "keys are shared by the whole machine"},

      // System calls by another door, past this filter and past the tracer.
      {SYS_io_uring_setup, {}, kRefused, "does calls that no filter and no tracer sees"},
      {SYS_io_uring_enter, {}, kRefused, "does calls that no filter and no tracer sees"},
      {SYS_io_uring_register, {}, kRefused, "does calls that no filter and no tracer sees"},

      {SYS_io_setup, {}, kUnknown, "its events are counted for the whole machine"},

      // Kernel programs, and ways to stop the kernel halfway.
      {SYS_bpf, {}, kRefused, "loads programs into the kernel"},
      {SYS_perf_event_open, {}, kRefused, "measures the whole machine; many holes in the past"},
      {SYS_userfaultfd, {}, kRefused, "stops the kernel in the middle of a call"},
      {SYS_fanotify_init, {}, kRefused, "watches whole file systems"},
      {SYS_lookup_dcookie, {}, kRefused, "a profiler's view of the machine"},
      {SYS_syslog, {}, kRefused, "the machine's kernel log"},
      {SYS_memfd_secret, {}, kUnknown, "memory that a tracer can't read"},

      // Other processes' insides: a tracer is there already, and init is a process too.
      {SYS_ptrace, {}, kRefused, "the grader traces already"},
      {SYS_process_vm_readv, {}, kRefused, "reads other processes"},
      {SYS_process_vm_writev, {}, kRefused, "writes other processes"},
      {SYS_process_madvise, {}, kRefused, "changes other processes"},
      {SYS_process_mrelease, {}, kRefused, "changes other processes"},
      {SYS_pidfd_getfd, {}, kRefused, "takes descriptors from other processes"},
      {SYS_kcmp, {}, kRefused, "compares other processes"},
      {SYS_move_pages, {}, kRefused, "moves other processes' memory"},
      {SYS_migrate_pages, {}, kRefused, "moves other processes' memory"},
      {SYS_prlimit64, {NoneOf(0, {0})}, kRefused, "limits other processes, init among them"},
      {SYS_prlimit64, {OneOf(1, {RLIMIT_CORE}), LowHalfIsSet(2)}, kPretend, kCoreReason},
      {SYS_prlimit64, {OneOf(1, {RLIMIT_CORE}), HighHalfIsSet(2)}, kPretend, kCoreReason},
      {SYS_setrlimit, {OneOf(0, {RLIMIT_CORE})}, kPretend, kCoreReason},
      {SYS_prctl,
       {OneOf(0, {PR_SET_DUMPABLE}), NoneOf(1, {1})},
       kPretend,
       "would close its /proc to a grader without privileges"},

      // Another world to escape to, or a hole in this one.
      {SYS_unshare, {}, kRefused, "new namespaces bring new capabilities"},
      {SYS_setns, {}, kRefused, "enters other namespaces"},
      {SYS_clone,
       {WithAnyBit(0, kNamespaceFlags)},
       kRefused,
       "new namespaces bring new capabilities"},
      {SYS_clone, {WithAnyBit(0, CLONE_UNTRACED)}, kRefused, "hides from the tracer"},
      {SYS_clone3, {}, kUnknown, "its flags can't be read here; C libraries fall back to clone"},
      {SYS_mount, {}, kRefused, "the view of files is fixed"},
      {SYS_umount2, {}, kRefused, "the view of files is fixed"},
      {SYS_pivot_root, {}, kRefused, "the view of files is fixed"},
      {SYS_chroot, {}, kRefused, "the view of files is fixed"},
      {SYS_move_mount, {}, kRefused, "the view of files is fixed"},
      {SYS_open_tree, {}, kRefused, "the view of files is fixed"},
      {SYS_fsopen, {}, kRefused, "the view of files is fixed"},
      {SYS_fsconfig, {}, kRefused, "the view of files is fixed"},
      {SYS_fsmount, {}, kRefused, "the view of files is fixed"},
      {SYS_fspick, {}, kRefused, "the view of files is fixed"},
      {SYS_mount_setattr, {}, kRefused, "the view of files is fixed"},
      {SYS_open_by_handle_at, {}, kRefused, "opens files that no path leads to"},
      {SYS_name_to_handle_at, {}, kRefused, "names files that no path leads to"},
      {SYS_swapon, {}, kRefused, "the machine's own business"},
      {SYS_swapoff, {}, kRefused, "the machine's own business"},
      {SYS_quotactl, {}, kRefused, "the machine's own business"},
      {SYS_quotactl_fd, {}, kRefused, "the machine's own business"},
      {SYS_acct, {}, kRefused, "the machine's own business"},
      {SYS_reboot, {}, kRefused, "the machine's own business"},
      {SYS_kexec_load, {}, kRefused, "another kernel"},
      {SYS_kexec_file_load, {}, kRefused, "another kernel"},
      {SYS_init_module, {}, kRefused, "kernel modules"},
      {SYS_finit_module, {}, kRefused, "kernel modules"},
      {SYS_delete_module, {}, kRefused, "kernel modules"},
      {SYS_iopl, {}, kRefused, "the machine's ports"},
      {SYS_ioperm, {}, kRefused, "the machine's ports"},
      {SYS_modify_ldt, {}, kUnknown, "16-bit segments: holes in the past, no use today"},
      {SYS_uselib, {}, kUnknown, "obsolete"},
      {SYS_personality,
       {NoneOf(0, {0xffffffff})},
       kRefused,
       "turns protections off; asking is fine"},

      // A filter may be made tighter, but a listener would answer calls in the tracer's place.
      {SYS_seccomp,
       {WithAnyBit(1, SECCOMP_FILTER_FLAG_NEW_LISTENER)},
       kRefused,
       "a listener would answer calls in the tracer's place"},

      // Addresses of other worlds: the hypervisor, the hardware, the audit system.
      {SYS_socket,
       {NoneOf(0, {AF_UNIX, AF_INET, AF_INET6, AF_NETLINK})},
       kNoSuchFamily,
       "namespaces do not bound it (vsock) or no lab needs it (packets, crypto, ...)"},
      {SYS_socket,
       {OneOf(0, {AF_NETLINK}), NoneOf(2, {NETLINK_ROUTE, NETLINK_SOCK_DIAG})},
       kNoSuchProtocol,
       "audit, firewalls and the like; interfaces and sockets may be listed"},

      // socketpair(2): it makes both sockets of any family, and loads their module, before it finds
      // that they cannot be a pair. These three answer as students expect.
      {SYS_socketpair,
       {NoneOf(0, {AF_UNIX, AF_INET, AF_INET6})},
       kNoSuchFamily,
       "loads the kernel's modules for families that no lab needs"},

      // Memory that the kernel counts for an account and not for a sandbox.
      {SYS_fcntl,
       {OneOf(1, {F_SETPIPE_SZ}), Above(2, kUsualPipe)},
       kRefused,
       "pipes larger than usual take the share of the account's other runs"},

      {SYS_semget,
       {Above(1, kUsualSemaphores)},
       kInvalid,
       "larger sets fill the kernel's memory faster than it can be counted"},

      // What a terminal does on behalf of others.
      {SYS_ioctl, {OneOf(1, {TIOCSTI, TIOCLINUX})}, kRefused, "types for whoever reads next"},
      {SYS_ioctl, {OneOf(1, {TIOCSETD})}, kRefused, "line disciplines load kernel modules"},

      // The tracer's processor is the program's: moving away would make each stop five times
      // dearer.
      {SYS_sched_setaffinity, {}, kPretend, "all run on the tracer's processor"},
  };
  return rules;
}

// Types of sockets that talk to the one that they are connected to and to nobody else.
std::vector<uint32_t> ConnectedTypes() {
  std::vector<uint32_t> types;
  for (const uint32_t type : {SOCK_STREAM, SOCK_SEQPACKET}) {
    for (const uint32_t flags : {0, +SOCK_NONBLOCK, +SOCK_CLOEXEC, SOCK_NONBLOCK | SOCK_CLOEXEC})
      types.push_back(type | flags);
  }
  return types;
}

// Where nothing but Landlock stands between a program and the machine: it bounds what is opened,
// not what is done to a file by its name, and knows neither sockets with a path nor System V.
const std::vector<Rule>& SharedPolicy() {
  static const std::vector<Rule> rules{
      {SYS_socket, {}, kNoSuchFamily, "the machine's network, and what is behind sockets", true},
      // A connected one sends to any other by its address.
      {SYS_socketpair, {NoneOf(1, ConnectedTypes())}, kNoSuchType, "reaches services", true},
      // Makes a connection without connect(2).
      {SYS_sendto, {WithAnyBit(3, MSG_FASTOPEN)}, kNotSupported, "connects unseen"},
      {SYS_sendmsg, {WithAnyBit(2, MSG_FASTOPEN)}, kNotSupported, "connects unseen"},
      {SYS_sendmmsg, {WithAnyBit(3, MSG_FASTOPEN)}, kNotSupported, "connects unseen"},
      {SYS_setsockopt,
       {OneOf(1, {IPPROTO_TCP}), OneOf(2, {TCP_ULP})},
       kNotSupported,
       "makes another kind of socket of it, which Landlock does not know"},

      {kSealCall, {}, kTracers, "the tracer's own, for addresses that nobody may change"},

      {SYS_shmget, {}, kRefused, "shared with the whole machine", true},
      {SYS_semget, {}, kRefused, "shared with the whole machine", true},
      {SYS_msgget, {}, kRefused, "shared with the whole machine", true},
      {SYS_mq_open, {}, kRefused, "shared with the whole machine", true},
      {SYS_mq_unlink, {}, kRefused, "shared with the whole machine", true},

      // By a number that somebody else got.
      {SYS_shmat, {}, kRefused, "shared with the whole machine"},
      {SYS_shmctl, {}, kRefused, "shared with the whole machine"},
      {SYS_semop, {}, kRefused, "shared with the whole machine"},
      {SYS_semtimedop, {}, kRefused, "shared with the whole machine"},
      {SYS_semctl, {}, kRefused, "shared with the whole machine"},
      {SYS_msgsnd, {}, kRefused, "shared with the whole machine"},
      {SYS_msgrcv, {}, kRefused, "shared with the whole machine"},
      {SYS_msgctl, {}, kRefused, "shared with the whole machine"},

      {SYS_setpriority, {NoneOf(1, {0})}, kRefused, "the account's other processes"},
      {SYS_setpriority, {NoneOf(0, {PRIO_PROCESS})}, kRefused, "0 is all of the account"},
      {SYS_ioprio_set, {NoneOf(1, {0})}, kRefused, "the account's other processes"},
      {SYS_ioprio_set, {NoneOf(0, {kIoOfProcess})}, kRefused, "0 is all of the account"},
      {SYS_sched_setscheduler, {NoneOf(0, {0})}, kRefused, "the account's other processes"},
      {SYS_sched_setparam, {NoneOf(0, {0})}, kRefused, "the account's other processes"},
      {SYS_sched_setattr, {NoneOf(0, {0})}, kRefused, "the account's other processes"},
  };
  return rules;
}

// Of files that are the account's: a call that names one is let through by Landlock, wherever it
// is.
const std::vector<Rule>& OwnersPolicy() {
  static const std::vector<Rule> rules{
      {SYS_chmod, {}, kRefused, "changes the account's other files"},
      {SYS_fchmod, {}, kRefused, "changes the account's other files"},
      {SYS_fchmodat, {}, kRefused, "changes the account's other files"},
      {SYS_chown, {}, kRefused, "changes the account's other files"},
      {SYS_lchown, {}, kRefused, "changes the account's other files"},
      {SYS_fchown, {}, kRefused, "changes the account's other files"},
      {SYS_fchownat, {}, kRefused, "changes the account's other files"},
      {SYS_setxattr, {}, kRefused, "changes the account's other files"},
      {SYS_lsetxattr, {}, kRefused, "changes the account's other files"},
      {SYS_fsetxattr, {}, kRefused, "changes the account's other files"},
      {SYS_removexattr, {}, kRefused, "changes the account's other files"},
      {SYS_lremovexattr, {}, kRefused, "changes the account's other files"},
      {SYS_fremovexattr, {}, kRefused, "changes the account's other files"},
      {SYS_utime, {}, kPretend, "changes the account's other files"},
      {SYS_utimes, {}, kPretend, "changes the account's other files"},
      {SYS_futimesat, {}, kPretend, "changes the account's other files"},
      {SYS_utimensat, {}, kPretend, "changes the account's other files"},
  };
  return rules;
}

std::vector<Rule> PolicyOf(Rung rung, std::span<const TraceRule> trace = {}) {
  std::vector<Rule> rules = Policy();
  if (rung != Rung::kC && rung != Rung::kUnsafe) return rules;
  const auto is_traced = [&](const Rule& rule) {
    return rule.is_tracers && std::ranges::any_of(trace, [&](const TraceRule& traced) {
             return traced.call == rule.call && !traced.argument;
           });
  };
  if (rung == Rung::kC)
    std::ranges::remove_copy_if(SharedPolicy(), std::back_inserter(rules), is_traced);
  if (!IsNobody()) std::ranges::copy(OwnersPolicy(), std::back_inserter(rules));
  return rules;
}

// The newest call of Linux 6.1. Younger ones are unknown to everybody, on each machine alike: no
// program's verdict depends on the kernel, and nothing new gets past the table.
constexpr uint32_t kLastCall = SYS_set_mempolicy_home_node;
constexpr uint32_t kX32Bit = 0x40000000;
// What a tracer puts in place of a call that it suppresses.
constexpr uint32_t kNoCall = 0xffffffff;

constexpr uint32_t kNumber = offsetof(seccomp_data, nr);
constexpr uint32_t kArch = offsetof(seccomp_data, arch);
constexpr uint32_t LowHalf(int argument) {
  return static_cast<uint32_t>(offsetof(seccomp_data, args) + 8 * static_cast<size_t>(argument));
}
constexpr uint32_t HighHalf(int argument) { return LowHalf(argument) + 4; }

// Classic BPF with labels. Conditional jumps reach 255 instructions, always forwards.
class Assembler {
 public:
  using Label = size_t;
  Label NewLabel() {
    targets_.push_back(0);
    return targets_.size() - 1;
  }
  void Here(Label label) { targets_[label] = code_.size(); }

  void Load(uint32_t offset) { code_.push_back({BPF_LD | BPF_W | BPF_ABS, 0, 0, offset}); }
  void And(uint32_t mask) { code_.push_back({BPF_ALU | BPF_AND | BPF_K, 0, 0, mask}); }
  void Return(uint32_t action) { code_.push_back({BPF_RET | BPF_K, 0, 0, action}); }
  // `test`: BPF_JEQ, BPF_JGT, BPF_JSET.
  void IfNot(uint16_t test, uint32_t value, Label label) { Jump(test, value, label, false); }
  void If(uint16_t test, uint32_t value, Label label) { Jump(test, value, label, true); }
  // Whatever is loaded is at least zero.
  void Jump(Label label) { If(BPF_JGE, 0, label); }

  std::string Finish() {
    for (const auto& [at, label, if_true] : jumps_) {
      const size_t distance = targets_[label] - at - 1;
      CHECK(targets_[label] > at && distance < 256);
      (if_true ? code_[at].jt : code_[at].jf) = static_cast<uint8_t>(distance);
    }
    CHECK(code_.size() <= BPF_MAXINSNS);
    return std::string(reinterpret_cast<const char*>(code_.data()),
                       code_.size() * sizeof(sock_filter));
  }

 private:
  struct Pending {
    size_t at;
    Label label;
    bool if_true;
  };
  void Jump(uint16_t test, uint32_t value, Label label, bool if_true) {
    jumps_.push_back({code_.size(), label, if_true});
    code_.push_back({static_cast<uint16_t>(BPF_JMP | test | BPF_K), 0, 0, value});
  }

  std::vector<sock_filter> code_;
  std::vector<size_t> targets_;
  std::vector<Pending> jumps_;
};

void EmitCondition(Assembler& code, const Condition& condition, Assembler::Label otherwise) {
  code.Load(condition.high_half ? HighHalf(condition.argument) : LowHalf(condition.argument));
  if (condition.is == Condition::Is::kWithAnyBit) {
    code.IfNot(BPF_JSET, condition.values[0], otherwise);
    return;
  }
  if (condition.is == Condition::Is::kAbove) {
    code.IfNot(BPF_JGT, condition.values[0], otherwise);
    return;
  }
  if (condition.is == Condition::Is::kNoneOf) {
    for (const uint32_t value : condition.values) code.If(BPF_JEQ, value, otherwise);
    return;
  }
  const Assembler::Label holds = code.NewLabel();
  for (const uint32_t value : std::span(condition.values).first(condition.values.size() - 1))
    code.If(BPF_JEQ, value, holds);
  code.IfNot(BPF_JEQ, condition.values.back(), otherwise);
  code.Here(holds);
}

// Falls through, with the call's number loaded, unless the rule decides.
void EmitRule(Assembler& code, const Rule& rule) {
  const Assembler::Label other_call = code.NewLabel();
  code.IfNot(BPF_JEQ, static_cast<uint32_t>(rule.call), other_call);
  if (rule.when.empty()) {
    code.Return(rule.outcome);
    code.Here(other_call);
    return;
  }
  const Assembler::Label otherwise = code.NewLabel();
  for (const Condition& condition : rule.when) EmitCondition(code, condition, otherwise);
  code.Return(rule.outcome);
  code.Here(otherwise);
  code.Load(kNumber);
  code.Here(other_call);
}

// Of an argument's two halves, what a rule asks about.
struct Half {
  uint32_t offset;
  uint32_t mask;
  uint32_t value;
};
std::vector<Half> HalvesOf(const TraceRule& rule) {
  std::vector<Half> halves;
  const auto add = [&](uint32_t offset, uint64_t mask, uint64_t value) {
    if (mask != 0)
      halves.push_back({offset, static_cast<uint32_t>(mask), static_cast<uint32_t>(value)});
  };
  add(LowHalf(*rule.argument), rule.mask & 0xffffffff, rule.value & 0xffffffff);
  add(HighHalf(*rule.argument), rule.mask >> 32, rule.value >> 32);
  return halves;
}

void EmitTrace(Assembler& code, const TraceRule& rule) {
  const Assembler::Label other_call = code.NewLabel();
  code.IfNot(BPF_JEQ, static_cast<uint32_t>(rule.call), other_call);
  if (!rule.argument) {
    code.Return(SECCOMP_RET_TRACE);
    code.Here(other_call);
    return;
  }
  const Assembler::Label equal = code.NewLabel();
  const Assembler::Label differs = code.NewLabel();
  for (const Half& half : HalvesOf(rule)) {
    code.Load(half.offset);
    code.And(half.mask);
    code.IfNot(BPF_JEQ, half.value, differs);
  }
  if (rule.unless) {
    code.Load(kNumber);
    code.Jump(equal);
    code.Here(differs);
    code.Return(SECCOMP_RET_TRACE);
    code.Here(equal);
  } else {
    code.Return(SECCOMP_RET_TRACE);
    code.Here(differs);
    code.Load(kNumber);
  }
  code.Here(other_call);
}

void EmitArchitecture(Assembler& code) {
  const Assembler::Label native = code.NewLabel();
  const Assembler::Label known = code.NewLabel();
  const Assembler::Label real_call = code.NewLabel();
  code.Load(kArch);
  code.If(BPF_JEQ, AUDIT_ARCH_X86_64, native);
  code.Return(SECCOMP_RET_KILL_PROCESS);
  code.Here(native);
  code.Load(kNumber);
  code.IfNot(BPF_JEQ, kNoCall, real_call);
  code.Return(SECCOMP_RET_ALLOW);
  code.Here(real_call);
  code.IfNot(BPF_JGE, kX32Bit, known);
  code.Return(SECCOMP_RET_KILL_PROCESS);
  code.Here(known);
}

std::string OutcomeName(uint32_t outcome) {
  if (outcome == kTracers) return ErrnoName(ENOSYS);
  const int code = static_cast<int>(outcome & SECCOMP_RET_DATA);
  return code == 0 ? "returns 0" : ErrnoName(code);
}

std::string ToString(const Condition& condition) {
  static constexpr const char* kWords[] = {" is one of", " is none of", " has a bit of",
                                           " is above"};
  std::string text = (condition.high_half ? "the high half of argument " : "argument ") +
                     std::to_string(condition.argument) + kWords[static_cast<size_t>(condition.is)];
  for (const uint32_t value : condition.values) text += " " + std::to_string(value);
  return text;
}

}  // namespace

std::vector<PolicyRow> DescribePolicy(Rung rung) {
  std::vector<PolicyRow> rows;
  for (const Rule& rule : PolicyOf(rung)) {
    std::string when;
    for (const Condition& condition : rule.when)
      when += (when.empty() ? "" : ", ") + ToString(condition);
    rows.push_back({rule.call, when, OutcomeName(rule.outcome), rule.reason});
  }
  return rows;
}

namespace {

Status EmitTraces(Assembler& code, std::span<const TraceRule> trace) {
  for (const TraceRule& rule : trace) {
    if (rule.argument && (*rule.argument < 0 || *rule.argument > 5))
      return Fail("a system call has no argument " + std::to_string(*rule.argument));
    EmitTrace(code, rule);
  }
  return {};
}

}  // namespace

std::vector<int> CallsForNamespaces() {
  std::vector<int> calls;
  for (const Rule& rule : SharedPolicy()) {
    if (rule.is_tracers) calls.push_back(rule.call);
  }
  return calls;
}

Result<std::string> MakeFilter(std::span<const TraceRule> trace, Rung rung) {
  Assembler code;
  EmitArchitecture(code);
  for (const Rule& rule : PolicyOf(rung, trace)) EmitRule(code, rule);
  const Assembler::Label known = code.NewLabel();
  code.IfNot(BPF_JGT, kLastCall, known);
  code.Return(kUnknown);
  code.Here(known);
  TRY(EmitTraces(code, trace));
  code.Return(SECCOMP_RET_ALLOW);
  return code.Finish();
}

Result<std::string> MakeTraceFilter(std::span<const TraceRule> trace) {
  Assembler code;
  EmitArchitecture(code);
  TRY(EmitTraces(code, trace));
  code.Return(SECCOMP_RET_ALLOW);
  return code.Finish();
}

}  // namespace plumbline::sandbox
