#!/usr/bin/env python3
# Wakes ten times a second to look whether it is time.
import math
import signal
import sys
import time

STEP = 60
OURS = {signal.SIGUSR1, signal.SIGUSR2, signal.SIGHUP, signal.SIGTERM}


def countdown(seconds):
    end = time.monotonic() + seconds
    up = down = 0
    while (left := end - time.monotonic()) > 0:
        info = signal.sigtimedwait(OURS, min(left, 0.1))
        if info is None:
            continue  # the time is over, or nearly
        left = end - time.monotonic()
        if info.si_signo == signal.SIGUSR1:
            end += STEP
            up += 1
        elif info.si_signo == signal.SIGUSR2 and left - STEP >= 1:
            end -= STEP
            down += 1
        elif info.si_signo == signal.SIGUSR2:
            print("ignored", flush=True)
        elif info.si_signo == signal.SIGHUP:
            end = time.monotonic() + seconds
        else:
            print("left", math.ceil(left), flush=True)
    print("up", up, "down", down, flush=True)


def main():
    if len(sys.argv) != 2 or not sys.argv[1].isdecimal() or not 1 <= int(sys.argv[1]) <= 86400:
        print("usage: countdown SECONDS, from 1 to 86400", file=sys.stderr)
        return 2
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_BLOCK, OURS)
    countdown(int(sys.argv[1]))
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except OSError as error:
        print("countdown:", error, file=sys.stderr)
        sys.exit(1)
