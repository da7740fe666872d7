#!/usr/bin/env python3
# On a terminal each line is seen; into a pipe they all stay in the buffer.
import os
import signal

signals = [signal.SIGUSR1, signal.SIGTERM]
signal.pthread_sigmask(signal.SIG_BLOCK, signals)
print("ready", os.getpid())
n = 0
while True:
    if signal.sigwait(signals) == signal.SIGTERM:
        break
    n += 1
    print(f"got SIGUSR1 {n}")
print("bye")
