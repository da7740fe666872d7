// SPDX-License-Identifier: MIT
// What keeps programs from going on, told apart: each has a code for findings, a sentence of what
// happened, the likely cause and the cure.
#pragma once

#include <string_view>

#include "evaluate/finding.h"

namespace plumbline::evaluate {

enum class Cause {
  kOther,
  kNoEndOfFile,
  kPipeFull,
  kBothRead,
  kFifoWithoutPeer,
  kChildWaits,
  kChildStopped,
  kStopped,
  kBackgroundTerminal,
  kLostSignal,
  kSignalBlocked,
  kNoSignal,
  kNobodyConnects,
  kNobodySends,
  kBacklogFull,
  kLockKept,
  kSemaphoreKept,
  kNobodySignals,  // a condition variable
  kNoMessage,
  kQueueFull,
  kNoInput,
  kSleeps,
  kBusyWaiting,
  kSlow,
};

// "deadlock.no-end-of-file"; of programs that run and run "busy-waiting" and "slow".
std::string_view CodeOf(Cause cause);
// One sentence, for a whole run: "End of file never comes: ...".
Message WhatHappened(Cause cause);
// The likely cause and the next step, where the graph itself has no better words.
Message WhyOf(Cause cause);
Message NextOf(Cause cause);

}  // namespace plumbline::evaluate
