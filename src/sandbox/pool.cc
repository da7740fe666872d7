// SPDX-License-Identifier: MIT
#include "sandbox/pool.h"

#include <utility>

#include "sandbox/launch.h"

namespace plumbline::sandbox {

struct SandboxPool::Spare {
  Rung rung;
  std::vector<std::string> hidden_paths;
  std::unique_ptr<Sandbox::State> state;

  bool Suits(const Options& options) const {
    return rung == options.rung && hidden_paths == options.hidden_paths;
  }
};

SandboxPool::SandboxPool() = default;
SandboxPool::SandboxPool(SandboxPool&&) noexcept = default;
SandboxPool& SandboxPool::operator=(SandboxPool&&) noexcept = default;
SandboxPool::~SandboxPool() = default;

void SandboxPool::Prepare(const Options& options) {
  if (spare_ && spare_->Suits(options)) return;
  spare_.reset();
  auto state = Sandbox::State::Launch(options.rung, options.hidden_paths);
  if (state)
    spare_ = std::make_unique<Spare>(options.rung, options.hidden_paths, std::move(*state));
}

Result<Sandbox> SandboxPool::Take(const Options& options) {
  const std::unique_ptr<Spare> spare = std::exchange(spare_, nullptr);
  if (!spare || !spare->Suits(options)) return Sandbox::Create(options);
  TRY(spare->state->Finish(options.limits));
  return Sandbox(std::move(spare->state));
}

}  // namespace plumbline::sandbox
