"""The child is this program again, and tells by its first line into a pipe that it is ready."""
import os
import signal
import subprocess
import sys


def child(rounds):
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR1})
    print("ready", file=sys.stderr, flush=True)
    for number in range(1, rounds + 1):
        signal.sigwait({signal.SIGUSR1})
        print("pong", number, flush=True)
        os.kill(os.getppid(), signal.SIGUSR2)


def parent(rounds):
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR2})
    with subprocess.Popen([sys.executable, __file__, "--child", str(rounds)], stderr=subprocess.PIPE) as other:
        other.stderr.readline()
        for number in range(1, rounds + 1):
            print("ping", number, flush=True)
            other.send_signal(signal.SIGUSR1)
            signal.sigwait({signal.SIGUSR2})


if len(sys.argv) == 3 and sys.argv[1] == "--child":
    child(int(sys.argv[2]))
elif len(sys.argv) != 2 or not sys.argv[1].isdigit():
    print("usage: main.py ROUNDS", file=sys.stderr)
    sys.exit(2)
else:
    parent(int(sys.argv[1]))
