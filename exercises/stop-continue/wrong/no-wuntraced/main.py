#!/usr/bin/env python3
# WNOHANG alone says nothing of a stop: it only looks whether the child has ended, and comes back at once.
import os
import signal
import sys
import time


def tick_for_ever(told):
    while True:
        print("tick", flush=True)
        os.write(told, b".")
        time.sleep(1)


def next_status(child, options=0):
    """The next news of the child: its end, or what the options ask for besides."""
    _, status = os.waitpid(child, options)
    return status


def main():
    ticks, told = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(ticks)
        tick_for_ever(told)
    os.close(told)

    for _ in range(2):
        if not os.read(ticks, 1):
            raise OSError("the child does not tick")
    os.kill(child, signal.SIGSTOP)
    next_status(child, os.WNOHANG)
    print("stopped", flush=True)
    os.kill(child, signal.SIGCONT)
    next_status(child, os.WNOHANG)
    print("continued", flush=True)
    os.kill(child, signal.SIGTERM)
    status = next_status(child)
    if os.WIFSIGNALED(status):
        print("killed by", os.WTERMSIG(status), flush=True)


if __name__ == "__main__":
    try:
        main()
    except OSError as error:
        print("stop-continue:", error, file=sys.stderr)
        sys.exit(1)
