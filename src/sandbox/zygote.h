// SPDX-License-Identifier: MIT
// A process that only clones inits. A clone copies what its maker has touched, and both pay for it
// page by page: the supervisor reads plans and recordings, this one does nothing. And it hands down
// what all sandboxes have in common, or can have one after another: the files that nobody may
// change, and a network in which nothing has happened.
//
// The class lives in the supervisor, the process is a child of the supervisor's and ends with it.
// An init that it clones is the supervisor's child, not its own (CLONE_PARENT, clone(2)).
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/pid.h"
#include "base/unique_fd.h"
#include "sandbox/namespaces.h"

namespace plumbline::sandbox {

class Zygote {
 public:
  // An error where this process may not mount (it is neither root nor in namespaces of its own).
  // REQUIRES: this process has one thread.
  static Result<std::unique_ptr<Zygote>> Start();
  Zygote(const Zygote&) = delete;
  Zygote& operator=(const Zygote&) = delete;
  // Ends the process and reaps it. Its inits live on.
  ~Zygote();

  // An init in a new world, with its two sockets (init.h).
  struct Request {
    const std::vector<std::string>& hidden_paths;
    bool new_network = true;  // else that of the last one
  };
  Result<World> Clone(int control, int ends, const Request& request);

 private:
  Zygote(HostPid process, UniqueFd socket) : process_(process), socket_(std::move(socket)) {}

  HostPid process_;
  UniqueFd socket_;
};

}  // namespace plumbline::sandbox
