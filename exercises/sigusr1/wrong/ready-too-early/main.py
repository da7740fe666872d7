#!/usr/bin/env python3
# Says that it is ready before the handlers are in place.
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
    sys.exit(0)


print("ready", os.getpid(), flush=True)
signal.signal(signal.SIGUSR1, on_usr1)
signal.signal(signal.SIGTERM, on_term)
while True:
    time.sleep(3600)
