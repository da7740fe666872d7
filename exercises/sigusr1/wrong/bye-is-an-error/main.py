#!/usr/bin/env python3
# sys.exit with a text prints it on stderr and ends with status 1.
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
    sys.exit("bye")


signal.signal(signal.SIGUSR1, on_usr1)
signal.signal(signal.SIGTERM, on_term)
print("ready", os.getpid(), flush=True)
while True:
    time.sleep(1000)
