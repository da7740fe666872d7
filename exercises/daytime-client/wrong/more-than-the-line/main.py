#!/usr/bin/env python3
# Prints words of its own around the line.
import socket
import sys

if len(sys.argv) != 3 or not sys.argv[2].isdigit() or not 1 <= int(sys.argv[2]) <= 65535:
    print("usage: daytime-client HOST PORT", file=sys.stderr)
    sys.exit(2)

try:
    with socket.create_connection((sys.argv[1], int(sys.argv[2]))) as server:
        print("Connected to", sys.argv[1])
        line = b""
        while piece := server.recv(1024):
            line += piece
    print("The time is:", line.decode(), end="")
except OSError as error:
    print(error, file=sys.stderr)
    sys.exit(1)
