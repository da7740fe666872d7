#!/usr/bin/env python3
# print() into a pipe keeps the line in memory until the program ends.
import socket
import sys

if len(sys.argv) != 3 or not sys.argv[2].isdigit() or not 1 <= int(sys.argv[2]) <= 65535:
    print("usage: echo-client HOST PORT", file=sys.stderr)
    sys.exit(2)

s = socket.create_connection((sys.argv[1], int(sys.argv[2])))
f = s.makefile("r")
for line in sys.stdin:
    line = line.rstrip("\n")
    s.sendall((line + "\n").encode())
    reply = f.readline()
    if not reply.endswith("\n"):
        print("connection lost", file=sys.stderr)
        sys.exit(1)
    print(reply.rstrip("\n"))
s.shutdown(socket.SHUT_WR)
f.read()
