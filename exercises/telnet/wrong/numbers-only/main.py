#!/usr/bin/env python3
# inet_aton() understands numbers only.

import os
import select
import socket
import sys

STDIN, STDOUT = 0, 1
PIECE = 4096  # of a pipe that has room, so much can be written without waiting (PIPE_BUF)


class Street:
    def __init__(self, read, write, source, target):
        self.read, self.write = read, write
        self.source, self.target = source, target
        self.bytes = b""
        self.over = False

    def reads_from(self):
        return [] if self.bytes or self.over else [self.source]

    def writes_to(self):
        return [self.target] if self.bytes else []

    def move(self, readable, writable):
        if self.bytes and self.target in writable:
            self.bytes = self.bytes[self.write(self.bytes) :]
        elif not self.bytes and self.source in readable:
            self.bytes = self.read(PIECE)
            self.over = not self.bytes


def join(server):
    server.setblocking(False)
    there = Street(lambda size: os.read(STDIN, size), server.send, STDIN, server)
    back = Street(server.recv, lambda data: os.write(STDOUT, data), server, STDOUT)
    shut_down = False
    while not back.over:  # the server has the last word
        readable, writable, _ = select.select(
            there.reads_from() + back.reads_from(), there.writes_to() + back.writes_to(), []
        )
        there.move(readable, writable)
        back.move(readable, writable)
        if there.over and not shut_down:
            server.shutdown(socket.SHUT_WR)
            shut_down = True


def main():
    if len(sys.argv) != 3 or not sys.argv[2].isdecimal() or not 1 <= int(sys.argv[2]) <= 65535:
        print("usage:", sys.argv[0], "HOST PORT", file=sys.stderr)
        return 2
    try:
        host = socket.inet_ntoa(socket.inet_aton(sys.argv[1]))
        with socket.create_connection((host, int(sys.argv[2]))) as server:
            join(server)
    except OSError as error:
        print("telnet:", error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
