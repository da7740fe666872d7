#!/usr/bin/env python3
"""Starts N children and reaps each one as it ends, and answers SIGUSR1 meanwhile.

SIGCHLD and SIGUSR1 are blocked and taken by sigwait(): the program waits for whichever comes first.
"""

import os
import signal
import sys
import time

MOST = 200
OURS = {signal.SIGCHLD, signal.SIGUSR1}


def start(number):
    child = os.fork()
    if child == 0:
        time.sleep(number)
        os._exit(number)
    return child


def end(children):
    for child in children:
        os.kill(child, signal.SIGKILL)
    for child in children:
        os.waitpid(child, 0)


def start_all(count):
    children = set()
    try:
        for number in range(1, count + 1):
            children.add(start(number))
    except OSError:
        end(children)
        raise
    return children


def reap_ended(children):
    """One SIGCHLD may stand for many that have ended: so until there is no more."""
    while children:
        child, status = os.waitpid(-1, os.WNOHANG)
        if child == 0:
            return
        children.remove(child)
        print("pid", child, "status", os.WEXITSTATUS(status), flush=True)


def main():
    if len(sys.argv) != 2 or not sys.argv[1].isdecimal() or not 1 <= int(sys.argv[1]) <= MOST:
        print(f"usage: reaper N, N from 1 to {MOST}", file=sys.stderr)
        return 2
    signal.pthread_sigmask(signal.SIG_BLOCK, OURS)  # before the first fork: no SIGCHLD may be missed
    children = start_all(int(sys.argv[1]))
    while children:
        if signal.sigwait(OURS) == signal.SIGCHLD:
            reap_ended(children)
        else:
            print("alive", len(children), flush=True)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except OSError as error:
        print("reaper:", error, file=sys.stderr)
        sys.exit(1)
