#!/usr/bin/env python3
# Whatever is wrong with the arguments is left to a traceback: its status is 1, not 2.
import socket
import sys

port = int(sys.argv[2])
try:
    with socket.create_connection((sys.argv[1], port)) as server:
        line = b""
        while piece := server.recv(1024):
            line += piece
    print(line.decode(), end="")
except OSError as error:
    print(error, file=sys.stderr)
    sys.exit(1)
