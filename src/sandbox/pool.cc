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

struct SandboxPool::Maker {
  // Without a zygote, for want of rights or because it was killed, it just takes longer.
  Result<std::unique_ptr<Sandbox::State>> Launch(const Options& options) {
    if (options.rung == Rung::kC || options.rung == Rung::kUnsafe)
      return Sandbox::State::Launch(options.rung, options.hidden_paths);
    if (!std::exchange(has_asked, true)) {
      if (auto started = Zygote::Start()) zygote = *std::move(started);
    }
    if (zygote) {
      const bool new_network = !std::exchange(network_is_kept, false);
      auto state = Sandbox::State::Launch(
          options.rung, *zygote,
          {.hidden_paths = options.hidden_paths, .new_network = new_network});
      if (state) return state;
      zygote.reset();
    }
    return Sandbox::State::Launch(options.rung, options.hidden_paths);
  }

  bool has_asked = false;
  bool network_is_kept = false;
  std::unique_ptr<Zygote> zygote;
};

SandboxPool::SandboxPool() : maker_(std::make_unique<Maker>()) {}
SandboxPool::SandboxPool(SandboxPool&&) noexcept = default;
SandboxPool& SandboxPool::operator=(SandboxPool&&) noexcept = default;
SandboxPool::~SandboxPool() = default;

void SandboxPool::Prepare(const Options& options) {
  if (spare_ && spare_->Suits(options)) return;
  spare_.reset();
  auto state = maker_->Launch(options);
  if (state)
    spare_ = std::make_unique<Spare>(options.rung, options.hidden_paths, std::move(*state));
}

Result<Rung> SandboxPool::Offer(const std::vector<std::string>& hidden_paths) {
  Result<Rung> best = Fail("no rung was tried");
  for (const Rung rung : {Rung::kA, Rung::kB}) {
    spare_.reset();
    auto state = maker_->Launch({.rung = rung, .limits = {}, .hidden_paths = hidden_paths});
    const Status made = state ? (*state)->AwaitWorld() : std::unexpected(state.error());
    if (made) {
      spare_ = std::make_unique<Spare>(rung, hidden_paths, std::move(*state));
      return rung;
    }
    best = std::unexpected(made.error());
  }
  return best;
}

void SandboxPool::KeepNetwork() { maker_->network_is_kept = true; }

Result<Sandbox> SandboxPool::Take(const Options& options) {
  std::unique_ptr<Spare> spare = std::exchange(spare_, nullptr);
  std::unique_ptr<Sandbox::State> state;
  if (spare && spare->Suits(options)) {
    state = std::move(spare->state);
  } else {
    spare.reset();
    TRY_ASSIGN(state, maker_->Launch(options));
  }
  TRY(state->Finish(options.limits));
  return Sandbox(std::move(state));
}

}  // namespace plumbline::sandbox
