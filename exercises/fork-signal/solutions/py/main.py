#!/usr/bin/env python3
"""Starts a child that answers signals, prints its PID and ends at once; the child lives on.

Both signals are blocked before os.fork(), and a child inherits what is blocked: a signal waits until sigwait() takes it.
"""

import os
import signal
import sys

OURS = {signal.SIGUSR1, signal.SIGUSR2}


def answer():
    while signal.sigwait(OURS) == signal.SIGUSR1:
        print("hola radiola", flush=True)
    print("adeu andreu", flush=True)


def main():
    signal.pthread_sigmask(signal.SIG_BLOCK, OURS)
    child = os.fork()
    if child == 0:
        answer()
    else:
        print(child, flush=True)


if __name__ == "__main__":
    try:
        main()
    except OSError as error:
        print("fork-signal:", error, file=sys.stderr)
        sys.exit(1)
