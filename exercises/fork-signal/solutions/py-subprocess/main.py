#!/usr/bin/env python3
"""The child is this very program, started again; it takes its signals one by one, and says through a pipe that it is ready."""

import signal
import subprocess
import sys


def answer():
    signals = {signal.SIGUSR1, signal.SIGUSR2}
    signal.pthread_sigmask(signal.SIG_BLOCK, signals)
    print("ready", file=sys.stderr, flush=True)
    while signal.sigwait(signals) == signal.SIGUSR1:
        print("hola radiola", flush=True)
    print("adeu andreu", flush=True)


def main():
    if sys.argv[1:] == ["child"]:
        answer()
        return
    child = subprocess.Popen([sys.executable, __file__, "child"], stderr=subprocess.PIPE, text=True)
    if child.stderr.readline() != "ready\n":
        sys.exit("fork-signal: the child is not ready")
    print(child.pid, flush=True)


main()
