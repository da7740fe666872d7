#!/usr/bin/env python3
"""Prints the texts that clients send: SIGUSR1 is a 0, SIGUSR2 a 1, a zero byte ends a text.

sigwaitinfo() takes the signals, which are blocked, and tells who sent them: that one gets an answer.
"""

import os
import signal
import sys

OURS = {signal.SIGUSR1, signal.SIGUSR2}


def main():
    signal.pthread_sigmask(signal.SIG_BLOCK, OURS)
    print(os.getpid(), flush=True)
    sender, bits = 0, ""
    while True:
        came = signal.sigwaitinfo(OURS)
        if came.si_pid != sender:
            sender, bits = came.si_pid, ""  # half a text of somebody else is forgotten
        bits += "1" if came.si_signo == signal.SIGUSR2 else "0"
        if len(bits) % 8 == 0 and bits.endswith("0" * 8):
            text = bytes(int(bits[i:i + 8], 2) for i in range(0, len(bits) - 8, 8))
            sys.stdout.buffer.write(text + b"\n")
            sys.stdout.buffer.flush()
            bits = ""
        try:
            os.kill(sender, signal.SIGUSR1)
        except ProcessLookupError:
            pass


main()
