// SPDX-License-Identifier: MIT
// Is anything under way on the sandbox's loopback? Read, not waited out.
#pragma once

#include <cstdint>
#include <vector>

#include "base/error.h"
#include "base/pid.h"
#include "base/unique_fd.h"
#include "sandbox/shared_network.h"

namespace plumbline::trace {

// Loopback delivery is asynchronous: a packet sits in the processor's backlog until the kernel's
// softirq takes it. All tasks and the tracer share one processor, whose backlog is first in, first
// out and is shared by all network namespaces: a datagram that the tracer sends to itself arrives
// after every packet that was sent before it.
class LoopbackProbe {
 public:
  struct Connection;
  // `inside`: a process in the sandbox's network namespace (its init). `network`: the run's part of
  // one that it shares, else nullptr; it outlives the probe.
  static Result<LoopbackProbe> Open(HostPid inside, sandbox::SharedNetwork* network);
  // One that always answers "nothing under way", for runs without a network.
  LoopbackProbe() = default;

  // Only asked once somebody made an internet socket. `six`: one of IPv6; the grader's own are
  // none, but in a network that is shared.
  void Enable(bool six) {
    enabled_ = true;
    six_ = six_ || six || network_ != nullptr;
  }
  bool enabled() const { return enabled_; }

  // True while packets were taken since the fence was sent, or bytes wait in a sender for a
  // receiver that has none unread (delayed acknowledgements, Nagle), or a connection is to be tried
  // again where there is room by now. Costs about 50 us; waits 10 ms for the fence at most.
  bool InFlight();

 private:
  bool MovesHere();
  bool MovesAmongOthers();
  uint64_t PacketsSent() const;
  bool PassFence();
  bool BytesUnderWay() const;
  bool BytesUnderWay(const std::vector<sandbox::SharedNetwork::Connection>& connections) const;
  std::vector<Connection> Connections() const;

  UniqueFd devices_;      // /proc/PID/net/dev
  UniqueFd connections_;  // /proc/PID/net/tcp
  UniqueFd connections6_;
  UniqueFd fence_;  // a datagram socket connected to itself, in the tracer's own namespace
  sandbox::SharedNetwork* network_ = nullptr;
  uint64_t fences_ = 0;
  bool enabled_ = false;
  bool six_ = false;
};

}  // namespace plumbline::trace
