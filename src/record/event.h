// SPDX-License-Identifier: MIT
// One thing that happened in a run, as the kernel reported it. Plain values; a variant, so that
// what an event means never depends on another field.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/pid.h"
#include "base/units.h"

namespace plumbline::record {

// Index into Recording::processes: a process's identity in a run (PIDs may come again).
// kGrader is the scenario itself: signals "from outside", files changed by a step.
using ProcessIndex = int;
constexpr ProcessIndex kGrader = -1;

// A place in the student's source, where it is known.
struct Location {
  std::string file;  // relative to the submission
  int line = 0;
  std::string function;
  bool operator==(const Location&) const = default;
};

// The actor made a process.
struct Born {
  enum class How { kStarted, kFork, kVfork, kClone };
  ProcessIndex child = 0;
  How how = How::kFork;
};
// The actor made a thread of itself.
struct ThreadBorn {
  Pid tid;
};
// execve(2), also a failed one (`error` != 0).
struct Executed {
  std::string path;
  std::vector<std::string> argv;
  std::vector<std::string> env;
  int error = 0;
};
struct Exited {
  int status = 0;     // of exit, 0..255
  int killed_by = 0;  // a signal, or 0
  bool core = false;
  // Of a fault of its own (SIGSEGV, SIGABRT ...): the calls that it was in, as far as they are in
  // the student's source, the innermost first.
  std::vector<Location> stack;
  // What it tried to use, "0x0", if that is next to NULL: others differ from run to run (Machine).
  std::string address;
};
// The actor waited for its child; `automatic`: the kernel did, SIGCHLD being ignored (wait(2),
// NOTES).
struct Reaped {
  ProcessIndex child = 0;
  int wait_status = 0;  // as wait(2) gave it (alterations included)
  bool automatic = false;
};
// The parent of the actor became another process.
struct Adopted {
  ProcessIndex by = kGrader;  // kGrader: init
};
struct Stopped {
  int signal = 0;
};
struct Continued {};
// The actor sent a signal (kill, tgkill, sigqueue, raise ...); of kGrader: a step or a key did.
struct SignalSent {
  enum class Cause { kCall, kStep, kKey, kTimer, kKernel };
  int signal = 0;
  std::vector<ProcessIndex> to;  // empty: nobody got it
  Cause cause = Cause::kCall;
  std::string call;  // "kill", of kCall
  int error = 0;
};
// A signal reached the actor.
struct SignalDelivered {
  enum class Effect { kHandled, kIgnored, kTerminated, kStopped, kContinued };
  int signal = 0;
  int code = 0;                        // si_code, sigaction(2)
  std::optional<ProcessIndex> sender;  // nothing: the kernel
  Effect effect = Effect::kHandled;
  std::string during;  // the call that it came into, or ""
};

// Inside a handler of this signal, which may come at any instant, the actor came to a function that
// must not be called there (signal-safety(7)). Once a run of the handler; the place is the
// handler's own.
struct UnsafeCalled {
  int signal = 0;
  std::string function;  // "printf"
};
// Such a handler returned with another errno than the interrupted program had.
struct ErrnoChanged {
  int signal = 0;
  int before = 0;
  int after = 0;
};

// Any other call. Arguments are decoded: numbers in decimal, flags by name, paths and addresses as
// text; in the order of the man page.
struct Call {
  std::string name = {};    // "openat"
  std::string family = {};  // "open", or ""
  std::vector<std::pair<std::string, std::string>> args = {};
  int fd = -1;       // the descriptor that the call is about (argument), or -1
  int object = 0;    // what it refers to (Recording::objects), 0: unknown
  int made_fd = -1;  // descriptors that it made (open, dup, accept, socket; pipe's reading end) ...
  int made_fd2 = -1;  // ... and pipe's writing end, socketpair's other
  int made_object = 0;
  int made_object2 = 0;
  int64_t result = 0;
  int error = 0;           // errno, 0: success
  bool restarted = false;  // interrupted by a signal and taken up again by the kernel
};

// Reads or writes on one descriptor, put together until something else happens to it.
struct Transfer {
  enum class Way { kRead, kWritten };
  int fd = 0;
  int object = 0;
  Way way = Way::kRead;
  std::string call;    // of the first: "read", "recvfrom" ...
  uint64_t calls = 0;  // that moved bytes
  uint64_t bytes = 0;
  uint64_t ends = 0;  // reads that returned 0
  std::string first;  // the first bytes, at most 64
};
// A call of the read or write family that failed.
// (Kept as Call with error != 0.)

// A stream that the grader keeps grew to `size` bytes ("submission.stdout", "a.received").
struct StreamGrew {
  std::string stream;
  uint64_t size = 0;
};
// The scenario reached this step (index into its steps).
struct StepBegan {
  int step = 0;
};
struct SnapshotTaken {
  std::string name;
};
// The recording was cut here: a limit of its own was reached.
struct Cut {
  std::string why;
};

using Happening = std::variant<Born, ThreadBorn, Executed, Exited, Reaped, Adopted, Stopped,
                               Continued, SignalSent, SignalDelivered, Call, Transfer, StreamGrew,
                               StepBegan, SnapshotTaken, Cut, UnsafeCalled, ErrnoChanged>;

struct Event {
  ProcessIndex actor = kGrader;
  Pid tid;          // of the acting thread
  Duration time{};  // virtual, from the start of the run
  Happening what;
  std::optional<Location> where;
};

}  // namespace plumbline::record
