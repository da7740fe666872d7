#!/usr/bin/env python3
# The parent gives its child a second to set its handlers, and hopes that it is enough.
import os
import signal
import sys
import time


def adeu(*_):
    print("adeu andreu", flush=True)
    sys.exit(0)


child = os.fork()
if child == 0:
    signal.signal(signal.SIGUSR1, lambda *_: print("hola radiola", flush=True))
    signal.signal(signal.SIGUSR2, adeu)
    while True:
        signal.sigtimedwait([], 3600)
time.sleep(1)
print(child, flush=True)
