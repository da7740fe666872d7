#!/usr/bin/env python3
"""Counts SIGUSR1 and says goodbye on SIGTERM.

Both signals are blocked, so that they stay pending when they come, and sigwait() takes them one by one.
With a handler and signal.pause() a signal that comes just before pause() would be lost until the next one.
"""

import os
import signal
import sys

SIGNALS = {signal.SIGUSR1, signal.SIGTERM}


def main():
    signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
    print("ready", os.getpid(), flush=True)
    count = 0
    while signal.sigwait(SIGNALS) == signal.SIGUSR1:
        count += 1
        print("got SIGUSR1", count, flush=True)
    print("bye", flush=True)


if __name__ == "__main__":
    try:
        main()
    except OSError as error:
        print("sigusr1:", error, file=sys.stderr)
        sys.exit(1)
