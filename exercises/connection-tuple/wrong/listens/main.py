#!/usr/bin/env python3
# Prints the address that it listens on itself, a server of its own beside the connection.
import socket
import sys

if len(sys.argv) != 3 or not sys.argv[2].isdigit() or not 1 <= int(sys.argv[2]) <= 65535:
    print("usage: connection-tuple HOST PORT", file=sys.stderr)
    sys.exit(2)

s = socket.socket()
s.connect((sys.argv[1], int(sys.argv[2])))
own = socket.create_server(("127.0.0.1", 0))
a, b = own.getsockname(), s.getpeername()
print(f"{a[0]}:{a[1]} -> {b[0]}:{b[1]}", flush=True)
print(s.makefile().readline(), end="")
