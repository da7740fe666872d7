// SPDX-License-Identifier: MIT
// The seccomp policy: one table, a reason a row. The tracer's own wishes come in as data, so that
// one filter does both.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/error.h"
#include "sandbox/sandbox.h"

namespace plumbline::sandbox {

// Stop the tracer at this call (SECCOMP_RET_TRACE). With `argument`: only when (args[argument] &
// mask) == value, or with `unless` when it is not.
struct TraceRule {
  int call = 0;
  std::optional<int> argument;
  uint64_t mask = 0;
  uint64_t value = 0;
  bool unless = false;
};

// A row of the policy, for people: "keyctl: EPERM, keys are shared by the whole machine".
struct PolicyRow {
  int call = 0;
  std::string when;     // "" always
  std::string outcome;  // "EPERM", "returns 0", "kill"
  std::string reason;
};
std::vector<PolicyRow> DescribePolicy(Rung rung = Rung::kB);

// Calls that rung C refuses because nothing bounds there what they reach. Where a tracer asks to be
// stopped at one, refusing it is the tracer's: it can say so then.
std::vector<int> CallsForNamespaces();

// mseal(2), younger than the headers of Debian 12. On rung C it stops the tracer, which makes it in
// a program's name; a program's own is to be answered by ENOSYS.
inline constexpr int kSealCall = 462;

// A filter program (struct sock_filter bytes) for Program::filter: what the policy denies fails
// with an errno or kills; foreign architectures kill; calls of `trace` that are not denied stop the
// tracer.
// On rung C, without namespaces, it closes besides what they close elsewhere.
Result<std::string> MakeFilter(std::span<const TraceRule> trace, Rung rung = Rung::kB);
// One that comes on top of the other and makes more calls stop.
Result<std::string> MakeTraceFilter(std::span<const TraceRule> trace);

}  // namespace plumbline::sandbox
