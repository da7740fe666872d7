#!/usr/bin/env python3
# print() into a pipe keeps the line in memory until the program ends.
import socket
import sys

if len(sys.argv) != 3 or not sys.argv[2].isdigit() or not 1 <= int(sys.argv[2]) <= 65535:
    print("usage: connection-tuple HOST PORT", file=sys.stderr)
    sys.exit(2)

s = socket.socket()
s.connect((sys.argv[1], int(sys.argv[2])))
a, b = s.getsockname(), s.getpeername()
print(f"{a[0]}:{a[1]} -> {b[0]}:{b[1]}")
print(s.makefile().readline(), end="")
