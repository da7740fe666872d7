// SPDX-License-Identifier: MIT
// Rung C: a sandbox without namespaces. Its programs are processes among the machine's others, with
// the account's rights less what Landlock, seccomp and resource limits take away; its files are a
// folder of their own under /tmp; init is an ordinary process that adopts every orphan
// (PR_SET_CHILD_SUBREAPER), so that nobody is lost.
#pragma once

#include <functional>
#include <string>

#include "base/error.h"
#include "base/pid.h"
#include "base/unique_fd.h"
#include "sandbox/namespaces.h"
#include "sandbox/sandbox.h"

namespace plumbline::sandbox {

// What of a run's folder is its programs' own.
inline constexpr const char* kOwnFolders[] = {"program", "lab", "tmp"};
// What is the grader's: sockets by other names (socket_files.h).
inline constexpr const char* kSocketsFolder = "sockets";

// Where a run's files are: /tmp/plumbline-PID-N, with these in it and etc (etc.h).
// Init makes it, who is there to remove it, whenever its supervisor is killed.
class BaseFolder {
 public:
  // A name that nothing has.
  static BaseFolder Unused();
  BaseFolder(BaseFolder&& other) noexcept;
  BaseFolder& operator=(BaseFolder&&) = delete;
  // Removes it with all that is in it; no link is followed.
  ~BaseFolder();

  const std::string& path() const { return path_; }

 private:
  explicit BaseFolder(std::string path) : path_(std::move(path)) {}
  std::string path_;
};

// In init.
Status MakeFolder(const std::string& path);
void RemoveFolder(const std::string& path);

// A supervisor of root's goes on as an account that owns nothing (nobody), for its programs will be
// of that account too. Of somebody else's nothing changes.
Status LeaveRoot();
// This process is of that account.
bool IsNobody();

// Clones this process as it is. The child runs `body`, which must not return. REQUIRES: this
// process has one thread.
Result<World> CloneShared(const std::function<void()>& body);

// In init: adopts orphans, cannot be looked into.
Status BecomeReaper();

// Kills what descends from a process that adopts orphans, again and again until nobody is left. The
// caller's own tracees are reaped; others are by their parent.
void KillBelow(HostPid reaper);

// How many threads this account has, all over the machine: what RLIMIT_NPROC counts.
int ThreadsOfAccount();

// "/program/main.c" -> BASE "/program/main.c", wherever such a path stands in the text: a program's
// words and environment.
std::string WithBase(const std::string& text, const std::string& base);
// A program as it is started there.
Program InFolder(Program program, const std::string& base);

}  // namespace plumbline::sandbox
