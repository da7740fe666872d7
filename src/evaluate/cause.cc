// SPDX-License-Identifier: MIT
#include "evaluate/cause.h"

#include <algorithm>
#include <vector>

namespace plumbline::evaluate {
namespace {

struct Row {
  Cause cause = Cause::kOther;
  std::string_view code;
  Message what;
  Message why;
  Message next;
};

std::vector<Row> MakeRows() {
  return {
      {Cause::kOther,
       "deadlock.other",
       Msg("Nobody could go on: each waited for something that never comes."),
       {},
       Msg("Look what it waits for at that moment, and who should make it happen.")},
      {Cause::kNoEndOfFile, "deadlock.no-end-of-file",
       Msg("Nobody could go on: end of file never comes, because somebody still holds a write "
           "end."),
       Msg("End of file comes only when the last copy of the write end is closed. After fork() "
           "each process has copies of its own."),
       Msg("Close the write end in each process that does not write there.")},
      {Cause::kPipeFull, "deadlock.pipe-full",
       Msg("Nobody could go on: a pipe or socket is full, and who should read from it waits too."),
       Msg("A pipe holds 64 KiB. Who writes more waits for a reader, and the reader waits for the "
           "writer here."),
       Msg("Read what has come before you write more, or let one process write and another one "
           "read.")},
      {Cause::kBothRead, "deadlock.both-read",
       Msg("Nobody could go on: each waits to hear from the other first."),
       Msg("Nothing was ever written: the first message was not sent, or it is still in a buffer "
           "of stdio."),
       Msg("Decide who speaks first, and flush what it wrote before it reads.")},
      {Cause::kFifoWithoutPeer, "deadlock.fifo-without-peer",
       Msg("Nobody could go on: a FIFO was opened, and nobody opens its other end."),
       Msg("open() of a FIFO for reading waits for a writer, and for writing it waits for a "
           "reader."),
       Msg("Look that one process opens it for reading and another one for writing, in the same "
           "order where there are several.")},
      {Cause::kChildWaits, "deadlock.child-waits",
       Msg("Nobody could go on: a process waits for its child, and the child waits for it."),
       Msg("wait() lets nothing else happen in the parent until the child has ended."),
       Msg("Give the child what it waits for before you wait for its end.")},
      {Cause::kChildStopped, "deadlock.child-stopped",
       Msg("Nobody could go on: a process waits for the end of a child that is stopped."),
       Msg("A stopped process does not end, and wait() does not return for it without WUNTRACED."),
       Msg("Continue the child with SIGCONT, or wait with WUNTRACED to hear that it stopped.")},
      {Cause::kStopped,
       "deadlock.stopped",
       Msg("Nobody could go on: a process is stopped, and nobody continues it."),
       {},
       Msg("Send it SIGCONT, or do not stop it.")},
      {Cause::kBackgroundTerminal, "deadlock.background-terminal",
       Msg("Nobody could go on: a process in the background used the terminal and was stopped."),
       Msg("Only the foreground group of a terminal may read from it; any other is stopped by "
           "SIGTTIN, and by SIGTTOU if it changes the settings."),
       Msg("Put its group into the foreground with tcsetpgrp() first, or give it another standard "
           "input.")},
      {Cause::kLostSignal, "deadlock.lost-signal",
       Msg("Nobody could go on: a signal had come before the wait for it began."),
       Msg("A signal that is handled just before pause() does not end that pause()."),
       Msg("Block the signal first, and wait with sigsuspend() or sigwait().")},
      {Cause::kSignalBlocked, "deadlock.signal-blocked",
       Msg("Nobody could go on: the signal that is waited for has come, but it is blocked."),
       Msg("A blocked signal stays pending: pause() and sigsuspend() do not see it."),
       Msg("Leave the signal out of the mask of sigsuspend(), or take it with sigwait().")},
      {Cause::kNoSignal,
       "deadlock.no-signal",
       Msg("Nobody could go on: a signal is waited for that nobody sends."),
       {},
       Msg("Look who should send it, to which process, and whether that happens at all.")},
      {Cause::kNobodyConnects,
       "deadlock.nobody-connects",
       Msg("Nobody could go on: a server waits for a client, and nobody connects."),
       {},
       Msg("Look whether the client uses this address and port, and whether it starts after the "
           "server listens.")},
      {Cause::kNobodySends,
       "deadlock.nobody-sends",
       Msg("Nobody could go on: bytes are waited for on a socket, and nobody sends any."),
       {},
       Msg("Look who should send there, and whether the two agree on who speaks first.")},
      {Cause::kBacklogFull, "deadlock.backlog-full",
       Msg("Nobody could go on: the queue of a listening socket is full, and nobody accepts."),
       Msg("listen() keeps a few connections that nobody has accepted; the next connect() waits."),
       Msg("Accept in the server, in a loop, or close what the client does not need.")},
      {Cause::kLockKept, "deadlock.lock-kept",
       Msg("Nobody could go on: a lock is waited for that is never released."),
       Msg("Who has the lock cannot release it: it waits itself, or it has ended or returned "
           "without unlocking."),
       Msg("Unlock on each way out, and take several locks in the same order everywhere.")},
      {Cause::kSemaphoreKept, "deadlock.semaphore-kept",
       Msg("Nobody could go on: a semaphore is waited for that nobody raises."),
       Msg("It began too low, or somebody who took it never gave it back."),
       Msg("Look at its first value, and that each wait has its post on each way out.")},
      {Cause::kNobodySignals, "deadlock.condition",
       Msg("Nobody could go on: a condition variable is waited for that nobody signals."),
       Msg("A signal that comes when nobody waits is lost; what counts is the condition itself."),
       Msg("Test the condition in a loop with the mutex locked, and signal after each change.")},
      {Cause::kNoMessage,
       "deadlock.no-message",
       Msg("Nobody could go on: a message is waited for that nobody sends."),
       {},
       Msg("Look at the queue and the type that the sender uses, and who sends first.")},
      {Cause::kQueueFull,
       "deadlock.queue-full",
       Msg("Nobody could go on: a message queue is full, and nobody receives from it."),
       {},
       Msg("Receive what has come before you send more.")},
      {Cause::kNoInput,
       "deadlock.no-input",
       Msg("Nobody could go on: input is waited for that the exercise never sends."),
       {},
       Msg("Look whether it reads more often than there is something to read.")},
      {Cause::kSleeps,
       "sleeps",
       Msg("It slept, again or for very long, until the time of the run was over."),
       {},
       Msg("Look what should end the waiting: a sleep in a loop never does.")},
      {Cause::kBusyWaiting, "busy-waiting",
       Msg("It ran in a loop until its processor time was over, and nothing changed any more."),
       Msg("A loop that asks over and over whether something is so uses the processor and keeps "
           "others from it."),
       Msg("Look which condition ends the loop, and what would make it true.")},
      {Cause::kSlow, "slow",
       Msg("It still worked when its processor time was over: it is too slow, or does too much."),
       Msg("Something changed until the end, so it was not stuck."),
       Msg("Look which loop runs so often, and whether it handles one byte at a time.")},
  };
}

const Row& RowOf(Cause cause) {
  static const std::vector<Row> rows = MakeRows();
  const auto row = std::ranges::find(rows, cause, &Row::cause);
  return row == rows.end() ? rows.front() : *row;
}

}  // namespace

std::string_view CodeOf(Cause cause) { return RowOf(cause).code; }
Message WhatHappened(Cause cause) { return RowOf(cause).what; }
Message WhyOf(Cause cause) { return RowOf(cause).why; }
Message NextOf(Cause cause) { return RowOf(cause).next; }

}  // namespace plumbline::evaluate
