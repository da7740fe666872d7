// SPDX-License-Identifier: MIT
// What was done to a run that the scenario does not do: its text form is in the recording's header
// and on the command line, and says, with the seed, all that is needed to do it again.
//
//   turns                       one task at a time, in the default order
//   interleavings               one at a time, in an order of chance (the seed)
//   interleavings:3=1,17=2      one at a time; at decision 3 not the default but choice 1, ...
//   signals:4=1                 the same, of the scenario's signals alone
//   interruptions:1.2#14        the 14th call of process 1.2 is interrupted
//   short-transfers:1#3=1       the 3rd call of process 1 gets 1 byte at most
//   failures:1#3=EAGAIN         the 3rd call of process 1 fails
//   small-world                 few descriptors, small pipes
//
// A process is named by its line of descent: 1 is the first that the run started, 1.2 its second
// child.
#pragma once

#include <array>
#include <csignal>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "base/error.h"

namespace plumbline::record {

struct Perturbation {
  enum class Kind {
    kNone,
    kTurns,
    kInterleavings,
    kSignals,
    kInterruptions,
    kShortTransfers,
    kFailures,
    kSmallWorld,
  };
  // At one call of one process.
  struct Site {
    std::string process;
    uint64_t call = 0;  // from 1
    std::string how;    // bytes, or an errno's name
    bool operator==(const Site&) const = default;
  };

  Kind kind = Kind::kNone;
  std::map<uint64_t, uint64_t> choices = {};  // by decision, from 0; the others: 0
  Site site = {};

  // One task runs at a time.
  bool InTurns() const { return kind != Kind::kNone; }
  // At one site of a run that is otherwise in the default order.
  bool IsFault() const {
    return kind == Kind::kInterruptions || kind == Kind::kShortTransfers || kind == Kind::kFailures;
  }
  bool operator==(const Perturbation&) const = default;
};

// Of kSmallWorld: enough for a program that closes what it does not use; bytes.
constexpr int kFewDescriptors = 32;
constexpr int kSmallPipe = 4096;

// Of kInterruptions: signals that by default do nothing. To send one is to say nothing.
inline constexpr std::array kHarmlessSignals{SIGCHLD, SIGURG, SIGWINCH, SIGCONT};

// Error::code of a run whose fault did not come to pass.
constexpr int kFaultMissed = 2001;

// "interleavings"; "" of kNone.
std::string_view ToString(Perturbation::Kind kind);
std::string ToString(const Perturbation& perturbation);
// Fails with what is wrong and what would be right.
Result<Perturbation> ParsePerturbation(std::string_view text);

}  // namespace plumbline::record
