#!/usr/bin/env python3
# range() stops before its end.
import os
import signal
import sys


def play_child(rounds):
    for number in range(1, rounds):
        signal.sigwait({signal.SIGUSR1})
        print("pong", number, flush=True)
        os.kill(os.getppid(), signal.SIGUSR2)


def play_parent(rounds, child):
    for number in range(1, rounds):
        print("ping", number, flush=True)
        os.kill(child, signal.SIGUSR1)
        signal.sigwait({signal.SIGUSR2})


def main():
    if len(sys.argv) != 2 or not sys.argv[1].isdecimal() or int(sys.argv[1]) < 1:
        print("usage: ping-pong ROUNDS", file=sys.stderr)
        return 2
    rounds = int(sys.argv[1])
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR1, signal.SIGUSR2})
    child = os.fork()
    if child == 0:
        play_child(rounds)
        return 0
    play_parent(rounds, child)
    os.waitpid(child, 0)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except OSError as error:
        print("ping-pong:", error, file=sys.stderr)
        sys.exit(1)
