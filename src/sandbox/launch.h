// SPDX-License-Identifier: MIT
// The supervisor's half of a sandbox: its init, the conversation with it, its end.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/error.h"
#include "base/unique_fd.h"
#include "sandbox/cgroup.h"
#include "sandbox/init.h"
#include "sandbox/namespaces.h"
#include "sandbox/sandbox.h"
#include "sandbox/shared.h"
#include "sandbox/shared_network.h"
#include "sandbox/wire.h"
#include "sandbox/zygote.h"

namespace plumbline::sandbox {

struct Sandbox::State {
  // Clones init and lets it begin; does not wait until its world is ready.
  static Result<std::unique_ptr<State>> Launch(Rung rung,
                                               const std::vector<std::string>& hidden_paths);
  static Result<std::unique_ptr<State>> Launch(Rung rung, Zygote& zygote,
                                               const Zygote::Request& request);
  // Of rung C, or without Landlock.
  static Result<std::unique_ptr<State>> LaunchShared(Rung rung,
                                                     const std::vector<std::string>& hidden_paths);
  // Waits for the world; once is enough.
  Status AwaitWorld();
  // Waits for the world and gives it its limits.
  Status Finish(const Limits& wanted);
  ~State();

  Status Ask(Request request, std::string_view body, std::span<const int> descriptors = {});
  // Asks and waits. The answer's numbers and texts begin behind its first number.
  Result<Message> Call(Request request, std::string_view body);
  Result<Message> ReceiveAnswer();

  // The two ends of `control` and `ends` that are init's.
  using Cloning = std::function<Result<World>(UniqueFd control, UniqueFd ends)>;
  static Result<std::unique_ptr<State>> LaunchBy(Rung rung, const Cloning& clone);

  Rung rung = Rung::kB;
  Limits limits;
  std::optional<Cgroup> cgroup;          // removed after init is reaped
  std::optional<BaseFolder> base;        // of rung C; the same
  std::optional<SharedNetwork> network;  // of rung C
  World world;
  UniqueFd control;
  UniqueFd ends;
  std::vector<UniqueFd> ipc_tables;  // of /proc/sysvipc, by Ipc (memory.h)
  bool is_ready = false;             // its world is
  bool made_sockets = false;         // init did, for peers
  std::map<int, int> ended;          // PID inside -> wait status, not asked for yet
};

}  // namespace plumbline::sandbox
