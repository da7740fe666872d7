import os
import signal
import sys


def acaba(*_):
    sys.exit(0)


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
        signal.pause()

    def acaba_amb_c(*_):
        os.kill(c, signal.SIGKILL)
        os.waitpid(c, 0)
        os._exit(0)

    signal.signal(signal.SIGTERM, acaba_amb_c)
    while True:
        signal.pause()
b = os.fork()
if b == 0:
    linia("B")
    signal.pause()
sys.stdin.read()
os.kill(a, signal.SIGTERM)
os.kill(b, signal.SIGTERM)
os.waitpid(a, 0)
os.waitpid(b, 0)
