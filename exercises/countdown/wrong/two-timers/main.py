# Each change starts a new timer, and the old ones ring as well.
import math
import os
import signal
import sys
import threading
import time

if len(sys.argv) != 2 or not sys.argv[1].isdecimal() or int(sys.argv[1]) < 1:
    print("usage: countdown SECONDS", file=sys.stderr)
    sys.exit(2)
seconds = int(sys.argv[1])
up = down = 0


def ring():
    print("up", up, "down", down, flush=True)
    os._exit(0)


def start(left):
    global end
    end = time.monotonic() + left
    timer = threading.Timer(left, ring)
    timer.daemon = True
    timer.start()


signals = [signal.SIGUSR1, signal.SIGUSR2, signal.SIGHUP, signal.SIGTERM]
signal.pthread_sigmask(signal.SIG_BLOCK, signals)
signal.signal(signal.SIGINT, signal.SIG_IGN)
start(seconds)
while True:
    number = signal.sigwait(signals)
    left = end - time.monotonic()
    if number == signal.SIGUSR1:
        up += 1
        start(left + 60)
    elif number == signal.SIGUSR2 and left >= 61:
        down += 1
        start(left - 60)
    elif number == signal.SIGUSR2:
        print("ignored", flush=True)
    elif number == signal.SIGHUP:
        start(seconds)
    else:
        print("left", math.ceil(left), flush=True)
