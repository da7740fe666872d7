// SPDX-License-Identifier: MIT
// The grader's side of a terminal that a program runs on: the keyboard and the screen.
#pragma once

#include <string>
#include <string_view>

#include "base/unique_fd.h"
#include "sandbox/sandbox.h"

namespace plumbline::scenario {

class Terminal {
 public:
  static Result<Terminal> Open(sandbox::Sandbox& box);

  // The program's side.
  int slave() const { return ends_.slave.get(); }
  // Further descriptors of the grader's side, non-blocking. The terminal hangs up when the last is
  // closed.
  Result<UniqueFd> Copy() const;

  // False if it does not take them.
  bool Press(std::string_view keys) const;
  // What was written on the grader's side has come to the other: the kernel passes it on in a
  // thread of its own. REQUIRES for a proof: whoever could notice waits for it.
  void Deliver() const;
  // The program could read something that it has not.
  bool HasUnread() const;
  // See terminal_settings.h.
  std::string Settings() const;

 private:
  explicit Terminal(sandbox::Sandbox::Terminal ends) : ends_(std::move(ends)) {}

  sandbox::Sandbox::Terminal ends_;
};

}  // namespace plumbline::scenario
