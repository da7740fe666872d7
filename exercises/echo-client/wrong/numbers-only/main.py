#!/usr/bin/env python3
# inet_aton() understands numbers only.

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
    if len(sys.argv) != 3 or not sys.argv[2].isdecimal() or not 1 <= int(sys.argv[2]) <= 65535:
        print("usage:", sys.argv[0], "HOST PORT", file=sys.stderr)
        return 2
    try:
        host = socket.inet_ntoa(socket.inet_aton(sys.argv[1]))
        with socket.create_connection((host, int(sys.argv[2]))) as server:
            echo_lines(server)
    except OSError as error:
        print("echo-client:", error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
