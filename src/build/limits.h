// SPDX-License-Identifier: MIT
// What a build may use. The student's own budget is another one: nothing here counts against it.
#pragma once

#include <string>

#include "base/units.h"
#include "build/build.h"
#include "sandbox/sandbox.h"

namespace plumbline::build {

struct Limits {
  // Of the sandbox. `address_space` bounds a compiler's memory where there is no cgroup.
  sandbox::Limits sandbox = {
      .memory = MiB(1024),
      .processes = 64,
      .descriptors = 256,
      .file = MiB(256),
      .disk = MiB(256),
      .cpu = std::chrono::seconds(30),
      .address_space = MiB(1024),
  };
  Duration real = std::chrono::seconds(60);  // of the whole build (own_time.h)
  Bytes kept_output = MiB(1);                // of what a tool writes; the rest is cut, and said
  Bytes most_output = MiB(64);               // a tool that writes more is stopped
  Bytes program = MiB(64);                   // one built program
};

// Which limit ended it, as a part of a sentence.
std::string MemoryWords(const Limits& limits);
std::string DiskWords(const Limits& limits);

// Build() with other limits than the usual ones.
Result<Report> Build(const Request& request, const Limits& limits);

}  // namespace plumbline::build
