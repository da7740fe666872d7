#!/usr/bin/env python3
# Counts before the second is over, so that goodbye names a tick that was never printed.
import signal
import sys
import time

KEYS = {signal.SIGTSTP, signal.SIGINT}


def next_signal(moment):
    """The signal that came, or None when the moment has."""
    while (left := moment - time.monotonic()) > 0:
        if info := signal.sigtimedwait(KEYS, left):
            return info.si_signo
    return None


def main():
    signal.pthread_sigmask(signal.SIG_BLOCK, KEYS)
    ticks = 1
    next_tick = time.monotonic() + 1
    while (came := next_signal(next_tick)) != signal.SIGINT:
        if came is None:
            print("tick", ticks, flush=True)
            ticks += 1
            next_tick += 1
        else:
            print("paused", flush=True)
            signal.raise_signal(signal.SIGSTOP)
            print("resumed", flush=True)
            next_tick = time.monotonic() + 1
    print("bye", ticks, flush=True)


if __name__ == "__main__":
    try:
        main()
    except OSError as error:
        print("job-control:", error, file=sys.stderr)
        sys.exit(1)
