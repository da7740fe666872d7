// SPDX-License-Identifier: MIT
// The system calls that are told: a row each. Who adds one adds a row here and a tracee under
// tests/tracees.
#pragma once

#include <span>
#include <string>
#include <vector>

namespace plumbline::trace::decode {

enum class As {
  kNumber,
  kSize,
  kHex,
  kDescriptor,
  kDirectory,  // a descriptor or AT_FDCWD
  kPath,
  kStrings,
  kMode,
  kOpenFlags,
  kPipeFlags,
  kCloneFlags,
  kFcntl,
  kSignal,
  kSignalSet,
  kAction,   // struct sigaction, as the kernel has it
  kProcess,  // a PID
  kWaitOptions,
  kWaitStatus,  // filled in by the kernel
  kChildInfo,   // siginfo_t of waitid(2), filled in by the kernel
  kFamily,
  kSocketType,
  kAddress,     // sockaddr; its length is the next argument's value
  kAddressOut,  // sockaddr filled in by the kernel; its length is behind the next argument
  kShutdown,
  kSocketLevel,
  kSocketOption,
  kPair,     // int[2], filled in by the kernel
  kPollSet,  // struct pollfd[]; how many is the next argument
  kFdSet,    // fd_set; the first argument bounds it
  kEpollHow,
  kProtection,
  kMapFlags,
  kIpcFlags,
  kIpcCommand,
  kSemaphoreOperations,  // struct sembuf[]; how many is the next argument
  kTime,                 // struct timespec
  kTimeval,
  kInterval,    // struct itimerval: what is left
  kTimerValue,  // struct itimerspec: what is left
  kSeconds,
  kHow,       // of sigprocmask
  kBuffer,    // bytes; how many is the next argument
  kVector,    // struct iovec[]; how many is the next argument
  kMessage,   // struct msghdr
  kMessages,  // struct mmsghdr[]; how many is the next argument
  kPointer,
};

struct Argument {
  const char* name;
  As as;
};

// When a call is followed: always, or when what it tells was asked for.
enum class Group { kAlways, kDescriptors, kTransfers, kFiles, kMemory, kSignals };

enum class Makes {
  kNothing,
  kDescriptor,
  kAnonymous,  // a descriptor of something without an inode of its own
  kPair,       // of descriptors
  kMapping,    // returns an address
};

// What the tracer does beyond telling it; most calls are told and no more.
enum class Role {
  kTold,
  kAsks,  // told; changes nothing that others could see
  kRead,
  kWrite,
  kFork,
  kExec,
  kExit,
  kWait,
  kKill,
  kSigaction,
  kSigwait,
  kClose,
  kDup,
  kFcntl,
  kQuiet,  // restart_syscall(2): goes on with another call
};

struct Row {
  int call;
  Group group;
  Role role;
  std::vector<Argument> arguments;
  int descriptor = -1;  // which argument is the descriptor that it is about
  Makes makes = Makes::kNothing;
  int pair = 0;             // of Makes::kPair: the argument that points to the two
  int source = -1;          // of kWrite: which argument is the descriptor that the bytes came from
  std::string name = {};    // filled in
  std::string family = {};  // filled in
};

// Nothing for a call that is not told.
const Row* Find(int call);
std::span<const Row> All();

}  // namespace plumbline::trace::decode
