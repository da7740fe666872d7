"""The child is a multiprocessing.Process, and an Event tells that it is ready."""
import multiprocessing
import os
import signal
import sys


def child(rounds, ready):
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR1])
    ready.set()
    for i in range(rounds):
        signal.sigwait([signal.SIGUSR1])
        print(f"pong {i + 1}", flush=True)
        os.kill(os.getppid(), signal.SIGUSR2)


if __name__ == "__main__":
    try:
        (argument,) = sys.argv[1:]
        rounds = int(argument)
    except ValueError:
        print("usage: main.py ROUNDS", file=sys.stderr)
        sys.exit(2)
    context = multiprocessing.get_context("fork")
    ready = context.Event()
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR2])
    process = context.Process(target=child, args=(rounds, ready))
    process.start()
    ready.wait()
    for i in range(rounds):
        print(f"ping {i + 1}", flush=True)
        os.kill(process.pid, signal.SIGUSR1)
        signal.sigwait([signal.SIGUSR2])
    process.join()
