#!/usr/bin/env python3
# Made from a client for echo: it first waits for a line of its own input.
import socket
import sys

if len(sys.argv) != 3 or not sys.argv[2].isdigit() or not 1 <= int(sys.argv[2]) <= 65535:
    print("usage: daytime-client HOST PORT", file=sys.stderr)
    sys.exit(2)

try:
    server = socket.create_connection((sys.argv[1], int(sys.argv[2])))
    sys.stdin.readline()
    line = b""
    while piece := server.recv(1024):
        line += piece
    print(line.decode(), end="")
except OSError as error:
    print(error, file=sys.stderr)
    sys.exit(1)
