#!/usr/bin/env python3
"""Handlers do the work between two seconds of sleep; Python goes on with an interrupted sleep by itself."""

import os
import signal
import sys
import time

count = 0


def on_usr1(number, frame):
    global count
    count += 1
    print("got SIGUSR1", count, flush=True)


def on_term(number, frame):
    print("bye", flush=True)
    sys.exit()


signal.signal(signal.SIGUSR1, on_usr1)
signal.signal(signal.SIGTERM, on_term)
print("ready", os.getpid(), flush=True)
while True:
    time.sleep(1)  # a signal that comes just before is answered a second later at most
