#!/usr/bin/env python3
"""unix-echo-client PATH: sends each line of its input to the echo server of a UNIX socket and prints what comes back."""

import socket
import sys


def read_echo(server, length):
    """The next `length` bytes, in however many pieces they come."""
    echo = b""
    while len(echo) < length:
        piece = server.recv(length - len(echo))
        if not piece:
            raise ConnectionError("the server closed before the echo was whole")
        echo += piece
    return echo


def echo_lines(server):
    for line in sys.stdin.buffer:  # bytes: what goes out is what came in
        server.sendall(line)
        sys.stdout.buffer.write(read_echo(server, len(line)))
        sys.stdout.buffer.flush()
    server.shutdown(socket.SHUT_WR)
    while server.recv(4096):
        pass


def main():
    if len(sys.argv) != 2:
        print("usage:", sys.argv[0], "PATH", file=sys.stderr)
        return 2
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as server:
            server.connect(sys.argv[1])
            echo_lines(server)
    except OSError as error:
        print("unix-echo-client:", error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
