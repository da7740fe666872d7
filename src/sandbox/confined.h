// SPDX-License-Identifier: MIT
// A process of our own that looks at what a stranger made (debug information, an archive) with a
// library that trusts what it reads: it can read what it was given, compute, answer on its socket
// and end, and nothing else, whatever becomes of it.
#pragma once

#include <sys/resource.h>

#include <initializer_list>

#include "base/unique_fd.h"
#include "base/units.h"

namespace plumbline::sandbox {

struct Confinement {
  const char* name = "";  // as ps(1) shows it
  Bytes memory;           // beyond what it has by now
  rlim_t processor_seconds = 0;
};

// To be called in a fresh child: gives up its identity (who is root becomes nobody) and all rights,
// bounds its memory and its processor time, keeps these descriptors alone and forbids itself every
// call that it does not need (seccomp(2)); it ends with its parent. False: something of it was not
// possible, and the process must end.
bool Confine(const Confinement& confinement, std::initializer_list<UniqueFd*> kept);

}  // namespace plumbline::sandbox
