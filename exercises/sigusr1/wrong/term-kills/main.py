#!/usr/bin/env python3
# SIGTERM is forgotten: it kills the program before it can say anything.
import os
import signal
import time

count = 0


def on_usr1(number, frame):
    global count
    count += 1
    print("got SIGUSR1", count, flush=True)


signal.signal(signal.SIGUSR1, on_usr1)
print("ready", os.getpid(), flush=True)
while True:
    time.sleep(1000)
