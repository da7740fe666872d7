#!/usr/bin/env python3
# Python finds mistakes in the arguments too, but its status is 1.

import os
import selectors
import signal
import socket
import subprocess
import sys
import time

ASKING = (signal.SIGUSR1, signal.SIGUSR2, signal.SIGTERM)


def signals_as_bytes():
    """The number of each signal that comes is written into a socket; the other end is returned."""
    receiver, sender = socket.socketpair()
    sender.setblocking(False)
    signal.set_wakeup_fd(sender.fileno())
    for number in ASKING:
        signal.signal(number, lambda *_: None)
    return receiver, sender


def serve(listener, year):
    """Serves one client after the other until a signal comes; returns the clients and the signal."""
    clients = []
    receiver, sender = signals_as_bytes()
    with selectors.DefaultSelector() as selector, receiver, sender:
        selector.register(listener, selectors.EVENT_READ)
        selector.register(receiver, selectors.EVENT_READ)
        while True:
            ready = [key.fileobj for key, _ in selector.select()]
            if receiver in ready:
                return clients, signal.Signals(receiver.recv(1)[0])
            client, (host, port) = listener.accept()
            with client:
                clients.append(f"{host}:{port}")
                subprocess.run(["cal", year], stdout=client, check=False)


def report(clients, asked):
    if asked != signal.SIGUSR2:
        for client in clients:
            print(client)
    if asked != signal.SIGUSR1:
        print(len(clients))


def numbers(arguments):
    """Port and year, or None."""
    if not arguments:
        return None
    port = int(arguments[0])
    year = int(arguments[1]) if len(arguments) == 2 else time.localtime().tm_year
    return (port, str(year)) if 1 <= port <= 65535 and 1 <= year <= 9999 else None


def main():
    given = numbers(sys.argv[1:])
    if given is None:
        print("usage: calendar-server PORT [YEAR]", file=sys.stderr)
        return 2
    port, year = given
    with socket.create_server(("", port)) as listener:
        if os.fork() > 0:
            return 0
        os.setsid()
        report(*serve(listener, year))
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except OSError as error:
        print("calendar-server:", error, file=sys.stderr)
        sys.exit(1)
