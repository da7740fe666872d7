// SPDX-License-Identifier: MIT
// init, pid 1 of a sandbox: builds its world from within, then does what the supervisor asks, one
// request after another, and reaps whatever ends. It has the world's capabilities and no program
// inside can reach it: it is not dumpable, the kernel gives pid 1 no signal that it does not
// handle, and it handles none.
#pragma once

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
  kLimitDisk,
};

// An answer is the number kOk and what the request asked for, or kFailed, an errno and a message.
// kStart has none: it answers at the gate.
enum class Answer : int { kOk, kFailed };

struct InitOptions {
  std::vector<std::string> hidden_paths;
};

// Runs in the new process until the supervisor ends or kills it. First waits for any message on
// `control` (the supervisor has mapped the ids by then), builds the world, and answers.
[[noreturn]] void RunInit(UniqueFd control, UniqueFd ends, const InitOptions& options);

}  // namespace plumbline::sandbox
