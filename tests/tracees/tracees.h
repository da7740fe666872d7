// SPDX-License-Identifier: MIT
// The built tracees, for tests.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "base/io.h"

namespace plumbline::testing {

inline std::string TraceePath(const std::string& name) { return PLUMBLINE_TRACEES "/" + name; }

// The executable's bytes, for Sandbox::PutFiles.
inline std::string TraceeBytes(const std::string& name) {
  auto bytes = ReadFile(TraceePath(name));
  EXPECT_TRUE(bytes.has_value()) << "build the target tracee_" << name;
  return bytes.value_or("");
}

}  // namespace plumbline::testing
