// SPDX-License-Identifier: MIT
// Sockets that are files (unix(7)), of a run whose files are a folder of the machine's (rung C).
// A program binds and listens by itself, for Landlock lets it make a socket in the run's folder
// alone. Landlock does not bound connect(2) to a file: that is made to another name of the same
// socket, a link in a folder that no program can change; where it leads was looked at before.
//
// Lives in the supervisor, in its one thread; one a run.
#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "base/pid.h"

namespace plumbline::sandbox {

class SocketFiles {
 public:
  // `base`: the run's folder (shared.h). `init`: its init, which makes sockets for the grader.
  SocketFiles(std::string base, HostPid init) : base_(std::move(base)), init_(init) {}

  // Another name of the socket that `path` is to this task: absolute, or from where the task is.
  // As connect(2) looks for it, errno otherwise: ENOENT too if it is not of the run's folder,
  // ECONNREFUSED if it is no socket, ELOOP by links of /proc that are no names (openat2(2),
  // RESOLVE_NO_MAGICLINKS). The name is there until EndLead().
  std::expected<std::string, int> Lead(HostPid task, const std::string& path);
  void EndLead(const std::string& name);

  // The other end of a connection was made by the grader; else by whom (SO_PEERCRED, unix(7)): 0 is
  // somebody whom this machine's numbers do not name.
  bool IsOfGrader(HostPid other) const;
  static HostPid OtherEndOf(int socket);

  // "/tmp/plumbline-1-1/lab/S" -> "/lab/S", as the run calls it.
  std::string Named(const std::string& path) const;

 private:
  std::string base_;
  HostPid init_;
  int leads_ = 0;
};

}  // namespace plumbline::sandbox
