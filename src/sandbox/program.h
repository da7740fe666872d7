// SPDX-License-Identifier: MIT
// A program's way from fork to exec, inside: the gate, what it may keep, what it loses.
//
// The gate is a SOCK_SEQPACKET pair between the supervisor and the new process. Inside says (a
// GateNote, with credentials, unix(7) SO_PASSCRED, so that the supervisor learns the PID that its
// own namespace gives): leader, ready, failed. The supervisor says one byte: proceed. Exec closes
// it.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/unique_fd.h"
#include "sandbox/sandbox.h"
#include "sandbox/wire.h"

namespace plumbline::sandbox {

// Where a start can fail; the names are in program.cc.
enum class Stage : int32_t {
  kFork,
  kTerminal,
  kGroup,
  kDirectory,
  kLimits,
  kDescriptors,
  kPrivileges,
  kRuleset,
  kFilter,
  kExec,
};
const char* ToString(Stage stage);

struct GateNote {
  enum class Kind : int32_t { kLeader, kReady, kFailed };
  Kind kind = Kind::kReady;
  Stage stage = Stage::kFork;  // of kFailed
  int32_t value = 0;           // errno of kFailed, else the PID inside
};

// The end of what was started, on the `ends` socket.
struct EndNote {
  int32_t pid = 0;
  int32_t status = 0;  // wait(2)
};

// Start() as a message: the descriptors that come with it are the gate, then those of
// `has_descriptor`, or the terminal.
struct StartRequest {
  Program program;
  Limits limits;
  int processes_of_ours = 1;  // known to init
  int ruleset = -1;           // init's, of Landlock (rung C)
  bool for_parent = false;    // the program becomes a sibling of who makes it

  std::string Pack() const;
  static StartRequest Unpack(Unpacker& from);
};

// In init: forks the program (or the stand-in shell that forks it) and returns its PID or the
// stand-in's. Failures go up the gate.
pid_t StartInside(const StartRequest& request, std::vector<UniqueFd> descriptors, int ends);

}  // namespace plumbline::sandbox
