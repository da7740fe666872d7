import os
import sys


def final():
    while True:
        input()


def linia(nom):
    print(f"{nom} pid {os.getpid()} ppid {os.getppid()}", flush=True)


linia("root")
try:
    a = os.fork()
except OSError as e:
    sys.exit(f"fork: {e}")
if a == 0:
    linia("A")
    c = os.fork()
    if c == 0:
        linia("C")
        sys.stdin.read()
        os._exit(0)
    os.waitpid(c, 0)
    os._exit(0)
b = os.fork()
if b == 0:
    linia("B")
    sys.stdin.read()
    os._exit(0)
try:
    final()
finally:
    os.waitpid(a, 0)
    os.waitpid(b, 0)
