"""Wakes once a second, as the egg timer that it is; a handler interrupts the second when a signal comes."""
import math
import signal
import sys
import time


class Timer:
    def __init__(self, seconds):
        self.seconds = seconds
        self.counts = {"up": 0, "down": 0}
        self.restart()

    def restart(self, *_):
        self.end = time.time() + self.seconds

    def left(self):
        return self.end - time.time()

    def longer(self, *_):
        self.end += 60
        self.counts["up"] += 1

    def shorter(self, *_):
        if self.left() < 61:
            print("ignored", flush=True)
        else:
            self.end -= 60
            self.counts["down"] += 1

    def tell(self, *_):
        print(f"left {math.ceil(self.left())}", flush=True)


try:
    seconds = int(sys.argv[1])
    if len(sys.argv) != 2 or seconds <= 0:
        raise ValueError
except (IndexError, ValueError):
    print("usage: countdown SECONDS", file=sys.stderr)
    sys.exit(2)
timer = Timer(seconds)
signal.signal(signal.SIGINT, signal.SIG_IGN)
signal.signal(signal.SIGUSR1, timer.longer)
signal.signal(signal.SIGUSR2, timer.shorter)
signal.signal(signal.SIGHUP, timer.restart)
signal.signal(signal.SIGTERM, timer.tell)
while (left := timer.left()) > 0:
    time.sleep(min(left, 1))
print("up {up} down {down}".format(**timer.counts))
