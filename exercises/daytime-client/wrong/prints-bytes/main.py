#!/usr/bin/env python3
# Prints the text form of Python's bytes: b'...'.
import socket
import sys

if len(sys.argv) != 3 or not sys.argv[2].isdigit() or not 1 <= int(sys.argv[2]) <= 65535:
    print("usage: daytime-client HOST PORT", file=sys.stderr)
    sys.exit(2)

try:
    with socket.create_connection((sys.argv[1], int(sys.argv[2]))) as server:
        line = b""
        while piece := server.recv(1024):
            line += piece
    print(line)
except OSError as error:
    print(error, file=sys.stderr)
    sys.exit(1)
