// SPDX-License-Identifier: MIT
// Rung C: who makes the programs of a run, so that they may signal each other and nobody else.
//
// A program may signal who is in its own Landlock domain (landlock(7), scoped signals), and a
// domain cannot be joined: it is entered, and children are born into it. So one process of a run
// enters one that bounds signals and abstract sockets and nothing else, and makes all programs;
// each then enters one of its own, which bounds its files. They are init's children all the same
// (clone(2), CLONE_PARENT). No program can look into one that is about to begin: that one is not in
// the program's own domain.
#pragma once

#include <sys/types.h>

#include <vector>

#include "base/unique_fd.h"
#include "sandbox/program.h"

namespace plumbline::sandbox {

class Starter {
 public:
  // As StartInside, without a terminal. Programs may have killed the process that makes others (by
  // kill(-1), say): then there is a new one, and those before it are not to be signalled any more.
  // -1: nobody was made; what comes of the gate tells why, or its end.
  pid_t Start(const StartRequest& request, const std::vector<UniqueFd>& descriptors);

 private:
  bool Make(int ruleset);
  pid_t Ask(const std::string& bytes, const std::vector<UniqueFd>& descriptors);

  UniqueFd socket_;
};

}  // namespace plumbline::sandbox
