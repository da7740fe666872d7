#!/usr/bin/env python3
# Prints Python's tuples as they are.
import socket
import sys

if len(sys.argv) != 3 or not sys.argv[2].isdigit() or not 1 <= int(sys.argv[2]) <= 65535:
    print("usage: connection-tuple HOST PORT", file=sys.stderr)
    sys.exit(2)

s = socket.socket()
s.connect((sys.argv[1], int(sys.argv[2])))
print(s.getsockname(), "->", s.getpeername(), flush=True)
print(s.makefile().readline(), end="")
