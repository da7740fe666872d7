// SPDX-License-Identifier: MIT
#include "build/limits.h"

namespace plumbline::build {

std::string MemoryWords(const Limits& limits) {
  return "it needed more than " + ToString(limits.sandbox.memory) + " of memory";
}

std::string DiskWords(const Limits& limits) {
  return "its files became larger than " + ToString(limits.sandbox.disk) + " together";
}

}  // namespace plumbline::build
