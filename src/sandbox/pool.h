// SPDX-License-Identifier: MIT
// Keeps the next sandbox ready, so that a run does not wait for the kernel to make one. Lives in
// the supervisor.
#pragma once

#include <memory>
#include <optional>

#include "sandbox/sandbox.h"

namespace plumbline::sandbox {

class SandboxPool {
 public:
  SandboxPool();
  SandboxPool(SandboxPool&&) noexcept;
  SandboxPool& operator=(SandboxPool&&) noexcept;
  ~SandboxPool();

  // Begins a sandbox for the next Take() with such options and does not wait for it: its init works
  // while the supervisor does something else. The limits do not matter yet. An error is kept for
  // Take(), which then tries again.
  void Prepare(const Options& options);

  // The prepared sandbox if it suits (rung and hidden paths), else a new one, with these limits.
  Result<Sandbox> Take(const Options& options);

 private:
  struct Spare;
  std::unique_ptr<Spare> spare_;
};

}  // namespace plumbline::sandbox
