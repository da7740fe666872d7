// SPDX-License-Identifier: MIT
// init, pid 1 of a sandbox (of rung C an ordinary process): builds its world from within, then does
// what the supervisor asks, one request after another, and reaps whatever ends. It has the world's
// capabilities and no program inside can reach it: it is not dumpable, the kernel gives pid 1 no
// signal that it does not handle, and it handles none.
#pragma once

#include <initializer_list>
#include <string>
#include <vector>

#include "base/unique_fd.h"

namespace plumbline::sandbox {

enum class Request : int {
  kPutFiles,
  kChangeFile,
  kStart,
  kListenTcp,
  kListenUnix,
  kConnectTcp,
  kConnectUnix,
  kOpenFifo,
  kOpenFile,
  kOpenTerminal,
  kOpenDiagnosis,
  kReadTree,
  kListIpc,
  kLastUserOfSemaphore,
  kLimitDisk,
};

// An answer is the number kOk and what the request asked for, or kFailed, an errno and a message.
// kStart has none: it answers at the gate.
enum class Answer : int { kOk, kFailed };

struct InitOptions {
  std::vector<std::string> hidden_paths = {};
  bool of_zygote = false;  // which has entered the common root, and has opened the network
  std::string base = {};   // on rung C: the folder that stands for the root (shared.h)
  bool open = false;       // there, without Landlock (unsafe)
};

// Runs in the new process until the supervisor ends or kills it. First waits for any message on
// `control` (the supervisor has mapped the ids by then), builds the world, and answers.
[[noreturn]] void RunInit(UniqueFd control, UniqueFd ends, const InitOptions& options);

// Of all that a forked supervisor has open, only these stay, from 3 on; 0, 1, 2 are /dev/null.
void KeepOnly(std::initializer_list<UniqueFd*> kept);
// Programs inside may look at all processes there, and see no command line of the grader's.
// REQUIRES: /proc shows this process.
void TakeInitsName();

}  // namespace plumbline::sandbox
