import os
import sys


def presenta(nom):
    print(f"{nom} pid {os.getpid()} ppid {os.getppid()}", flush=True)


presenta("root")
try:
    a = os.fork()
except OSError as e:
    sys.exit(str(e))
if a == 0:
    presenta("A")
    if os.fork() == 0:
        presenta("C")
    sys.stdin.read()
    os._exit(0)
b = os.fork()
if b == 0:
    presenta("B")
    sys.stdin.read()
    os._exit(0)
sys.stdin.read()
os.wait()
os.wait()
