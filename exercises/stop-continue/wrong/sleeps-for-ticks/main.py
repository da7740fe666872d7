#!/usr/bin/env python3
# Two and a half seconds should be enough for two ticks.
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

    time.sleep(2.5)
    os.kill(child, signal.SIGSTOP)
    if os.WIFSTOPPED(next_status(child, os.WUNTRACED)):
        print("stopped", flush=True)
    os.kill(child, signal.SIGCONT)
    if os.WIFCONTINUED(next_status(child, os.WCONTINUED)):
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
