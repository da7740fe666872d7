#!/usr/bin/env python3
"""Sends a text to a server, bit by bit; the next bit goes when the one before was answered."""

import os
import signal
import sys


def send(server, text):
    for byte in text + b"\0":
        for bit in f"{byte:08b}":
            os.kill(server, signal.SIGUSR2 if bit == "1" else signal.SIGUSR1)
            signal.sigwait({signal.SIGUSR1})


def main():
    if len(sys.argv) != 3 or not sys.argv[1].isdecimal() or int(sys.argv[1]) == 0:
        print("usage: client PID TEXT", file=sys.stderr)
        return 2
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR1})  # an answer that comes early waits for us
    try:
        send(int(sys.argv[1]), os.fsencode(sys.argv[2]))
    except OSError as error:
        print("client:", error, file=sys.stderr)
        return 1
    return 0


sys.exit(main())
