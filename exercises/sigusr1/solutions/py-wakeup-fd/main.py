#!/usr/bin/env python3
"""Python writes the number of each signal into a socket, and the program reads them from the other end."""

import os
import signal
import socket


def ignore(number, frame):
    """Only there so that the signal is caught: the work is done below."""


def main():
    numbers, wakeup = socket.socketpair()
    wakeup.setblocking(False)
    signal.set_wakeup_fd(wakeup.fileno())
    signal.signal(signal.SIGUSR1, ignore)
    signal.signal(signal.SIGTERM, ignore)
    os.write(1, b"ready %d\n" % os.getpid())
    count = 0
    while True:
        for number in numbers.recv(64):
            if number == signal.SIGTERM:
                os.write(1, b"bye\n")
                return
            if number == signal.SIGUSR1:
                count += 1
                os.write(1, b"got SIGUSR1 %d\n" % count)


main()
