// SPDX-License-Identifier: MIT
// Makes sandboxes one after another, for less than each alone costs (zygote.h), and the next one
// ahead, so that a run does not wait for the kernel to make it. Lives in the supervisor, which uses
// one of its sandboxes at a time.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

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

  // The better one of A and B that can be had here, found by making a sandbox of it, which is then
  // prepared. An error says why there is neither.
  Result<Rung> Offer(const std::vector<std::string>& hidden_paths);

  // In the sandbox that was taken last no socket was made: then nothing can have happened in its
  // network, and the next one, which is made from now on, may have the same.
  void KeepNetwork();

  // The prepared sandbox if it suits (rung and hidden paths), else a new one, with these limits.
  Result<Sandbox> Take(const Options& options);

 private:
  struct Spare;
  struct Maker;
  std::unique_ptr<Maker> maker_;
  std::unique_ptr<Spare> spare_;
};

}  // namespace plumbline::sandbox
