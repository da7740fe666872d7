#!/usr/bin/env python3
# Takes an empty line for the end of the input.

import socket
import sys

MARK = b"\x04"


def write(*pieces):
    for piece in pieces:
        sys.stdout.buffer.write(piece)
    sys.stdout.buffer.flush()


def print_reply(server):
    """Prints what comes up to the mark. False: the server has closed."""
    while piece := server.recv(4096):
        before, mark, _ = piece.partition(MARK)
        write(before)
        if mark:
            return True
    return False


def talk(server):
    while True:
        write(b"$ ")
        line = sys.stdin.buffer.readline()
        if not line.strip():
            return
        server.sendall(line)
        if not print_reply(server):
            return


def main():
    if len(sys.argv) != 3 or not sys.argv[2].isdecimal() or not 1 <= int(sys.argv[2]) <= 65535:
        print("usage: command-client HOST PORT", file=sys.stderr)
        return 2
    with socket.create_connection((sys.argv[1], int(sys.argv[2]))) as server:
        talk(server)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except OSError as error:
        print("command-client:", error, file=sys.stderr)
        sys.exit(1)
