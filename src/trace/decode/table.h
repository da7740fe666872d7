// SPDX-License-Identifier: MIT
// The system calls that are told: a row each. Who adds one adds a row here and a tracee under
// tests/tracees.
#pragma once

#include <span>
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
  kFcntl,
  kSignal,
  kSignalSet,
  kProcess,    // a PID
  kWaitOptions,
  kFamily,
  kSocketType,
  kAddress,    // sockaddr; its length is the next argument's value
  kAddressOut, // sockaddr filled in by the kernel; its length is behind the next argument
  kShutdown,
  kProtection,
  kMapFlags,
  kTime,       // struct timespec
  kSeconds,
  kHow,        // of sigprocmask
  kPointer,
};

struct Argument {
  const char* name;
  As as;
};

// When a call is followed: always, or when what it tells was asked for.
enum class Group { kAlways, kDescriptors, kTransfers, kFiles, kMemory, kSignals };

enum class Makes { kNothing, kDescriptor, kPair };

// What the tracer does beyond telling it; most calls are told and no more.
enum class Role {
  kTold,
  kRead,
  kWrite,
  kFork,
  kExec,
  kExit,
  kWait,
  kKill,
  kSigaction,
  kClose,
  kDup,
  kFcntl,
  kQuiet,  // followed for the tracer's own sake, never told
};

struct Row {
  int call;
  Group group;
  Role role;
  std::vector<Argument> arguments;
  int descriptor = -1;  // which argument is the descriptor that it is about
  Makes makes = Makes::kNothing;
  int pair = 0;         // of kPair: the argument that points to the two
};

// Nothing for a call that is not told.
const Row* Find(int call);
std::span<const Row> All();

}  // namespace plumbline::trace::decode
