#!/usr/bin/env python3
# Reads the whole input first, then sends it in one go: nobody can talk to the server through it.
import socket
import sys

if len(sys.argv) != 3 or not sys.argv[2].isdigit() or not 1 <= int(sys.argv[2]) <= 65535:
    print("usage: echo-client HOST PORT", file=sys.stderr)
    sys.exit(2)

with socket.create_connection((sys.argv[1], int(sys.argv[2]))) as s:
    everything = sys.stdin.read().encode()
    s.sendall(everything)
    s.shutdown(socket.SHUT_WR)
    echo = b""
    while data := s.recv(4096):
        echo += data
    print(echo.decode(), end="", flush=True)
    if len(echo) < len(everything):
        sys.exit("connection lost")
