#!/usr/bin/env python3
# Tells of an error, and ends as if there were none.
import socket
import sys

if len(sys.argv) != 3 or not sys.argv[2].isdigit() or not 1 <= int(sys.argv[2]) <= 65535:
    print("usage: connection-tuple HOST PORT", file=sys.stderr)
    sys.exit(2)

s = socket.socket()
try:
    s.connect((sys.argv[1], int(sys.argv[2])))
except OSError as error:
    print(error, file=sys.stderr)
    sys.exit(0)
a, b = s.getsockname(), s.getpeername()
print(f"{a[0]}:{a[1]} -> {b[0]}:{b[1]}", flush=True)
print(s.makefile().readline(), end="")
