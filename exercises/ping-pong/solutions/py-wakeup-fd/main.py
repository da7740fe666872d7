"""Handlers, and the wake-up descriptor of Python: what comes before the wait is there when the wait begins."""
import os
import signal
import socket
import sys


def player():
    """Makes this process hear both signals, and returns the socket that their numbers come from."""
    mine, pythons = socket.socketpair()
    pythons.setblocking(False)
    signal.set_wakeup_fd(pythons.fileno())
    return mine, pythons


def nothing(number, frame):
    pass


if len(sys.argv) != 2 or not sys.argv[1].isdigit() or sys.argv[1] == "0":
    sys.stderr.write("usage: ping-pong ROUNDS\n")
    sys.exit(2)
rounds = int(sys.argv[1])
signal.signal(signal.SIGUSR1, nothing)
signal.signal(signal.SIGUSR2, nothing)
is_ready, tell_ready = os.pipe()
pid = os.fork()
numbers, kept = player()
if pid == 0:
    os.write(tell_ready, b"!")
    for i in range(1, rounds + 1):
        numbers.recv(1)
        os.write(1, b"pong %d\n" % i)
        os.kill(os.getppid(), signal.SIGUSR2)
else:
    os.read(is_ready, 1)
    for i in range(1, rounds + 1):
        os.write(1, b"ping %d\n" % i)
        os.kill(pid, signal.SIGUSR1)
        numbers.recv(1)
    os.wait()
