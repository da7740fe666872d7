#!/usr/bin/env python3
# print() into a pipe keeps the line in memory until the program ends.
import socket
import sys

if len(sys.argv) != 2:
    print("usage: unix-echo-client PATH", file=sys.stderr)
    sys.exit(2)

s = socket.socket(socket.AF_UNIX)
s.connect(sys.argv[1])
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
