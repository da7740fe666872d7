#!/usr/bin/env python3
"""connection-tuple HOST PORT: connects, and tells who talks to whom.

A TCP connection is known by two addresses and two ports. Two of the four were given; the other two the kernel chose
when it connected.
"""

import socket
import sys


def main():
    if len(sys.argv) != 3 or not sys.argv[2].isdecimal() or not 1 <= int(sys.argv[2]) <= 65535:
        print("usage:", sys.argv[0], "HOST PORT", file=sys.stderr)
        return 2
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as server:
            server.connect((sys.argv[1], int(sys.argv[2])))
            here, there = server.getsockname(), server.getpeername()
            print(f"{here[0]}:{here[1]} -> {there[0]}:{there[1]}", flush=True)
            line = server.makefile("rb").readline()
            if not line.endswith(b"\n"):
                raise ConnectionError("the server closed before the line was whole")
            sys.stdout.buffer.write(line)
    except OSError as error:
        print("connection-tuple:", error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
