#!/usr/bin/env python3
"""One thread for all: a selector over the listener, the clients and the pipes of their commands.

Each client is a generator that says what it waits for next: `yield FILE, EVENTS` comes back when that can be done.
"""

import os
import selectors
import socket
import subprocess
import sys
from selectors import EVENT_READ, EVENT_WRITE


def send(client, data):
    while data:
        yield client, EVENT_WRITE
        data = data[client.send(data):]


def run(line, client):
    with subprocess.Popen(line, shell=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT) as command:
        try:
            while True:
                yield command.stdout, EVENT_READ
                piece = os.read(command.stdout.fileno(), 1 << 16)
                if not piece:
                    break
                yield from send(client, piece)
            with open(os.pidfd_open(command.pid), "rb") as end:  # its output may end before it does
                yield end, EVENT_READ
        except OSError:
            command.kill()  # nobody reads it any more, and nobody here has the time to wait for it
            raise
    yield from send(client, b"\x04")


def serve(client):
    with client:
        rest = b""
        while True:
            yield client, EVENT_READ
            piece = client.recv(4096)
            if not piece:
                return
            *lines, rest = (rest + piece).split(b"\n")
            for line in lines:
                yield from run(line, client)


def welcome(listener, waiting):
    while True:
        yield listener, EVENT_READ
        client, _ = listener.accept()
        client.setblocking(False)
        go_on(serve(client), waiting)


def go_on(task, waiting):
    try:
        file, events = next(task)
        waiting.register(file, events, task)
    except (StopIteration, OSError):
        pass  # the client has ended, or is gone


def main():
    if len(sys.argv) != 2 or not sys.argv[1].isdecimal() or not 1 <= int(sys.argv[1]) <= 65535:
        print("usage: server PORT", file=sys.stderr)
        return 2
    with socket.create_server(("127.0.0.1", int(sys.argv[1])), backlog=50) as listener, \
            selectors.DefaultSelector() as waiting:
        go_on(welcome(listener, waiting), waiting)
        while True:
            for key, _ in waiting.select():
                waiting.unregister(key.fileobj)
                go_on(key.data, waiting)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except OSError as error:
        print("server:", error, file=sys.stderr)
        sys.exit(1)
