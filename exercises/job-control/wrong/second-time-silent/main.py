# The default action is put back in order to stop, and the handler never again.
import signal
import sys
import time

n = 0


def on_tstp(number, frame):
    print("paused", flush=True)
    signal.signal(signal.SIGTSTP, signal.SIG_DFL)
    signal.raise_signal(signal.SIGTSTP)
    print("resumed", flush=True)


def on_int(number, frame):
    print("bye", n, flush=True)
    sys.exit()


signal.signal(signal.SIGTSTP, on_tstp)
signal.signal(signal.SIGINT, on_int)
while True:
    time.sleep(1)
    n += 1
    print("tick", n, flush=True)
