"""Handlers do it all; Python takes up an interrupted sleep again by itself, after a stop too."""
import os
import signal
import sys
import time

n = 0


def on_tstp(number, frame):
    os.write(1, b"paused\n")
    signal.signal(signal.SIGTSTP, signal.SIG_DFL)
    os.kill(os.getpid(), signal.SIGTSTP)
    signal.signal(signal.SIGTSTP, on_tstp)
    os.write(1, b"resumed\n")


def on_int(number, frame):
    os.write(1, f"bye {n}\n".encode())
    sys.exit(0)


signal.signal(signal.SIGTSTP, on_tstp)
signal.signal(signal.SIGINT, on_int)
while True:
    n += 1
    os.write(1, f"tick {n}\n".encode())
    time.sleep(1)
