import os
import signal
import sys


def linia(nom):
    print(f"{nom} pid {os.getpid()} ppid {os.getppid()}", flush=True)


linia("root")
try:
    a = os.fork()
except OSError as e:
    sys.exit(f"fork: {e}")
if a == 0:
    linia("A")
    if os.fork() == 0:
        linia("C")
    signal.pause()
b = os.fork()
if b == 0:
    linia("B")
    signal.pause()
sys.stdin.read()
for pid in a, b:
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
