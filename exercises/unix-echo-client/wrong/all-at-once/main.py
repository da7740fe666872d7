#!/usr/bin/env python3
# Reads the whole input first, then sends it in one go: nobody can talk to the server through it.
import socket
import sys

if len(sys.argv) != 2:
    print("usage: unix-echo-client PATH", file=sys.stderr)
    sys.exit(2)

with socket.socket(socket.AF_UNIX) as s:
    s.connect(sys.argv[1])
    everything = sys.stdin.read().encode()
    s.sendall(everything)
    s.shutdown(socket.SHUT_WR)
    echo = b""
    while data := s.recv(4096):
        echo += data
    print(echo.decode(), end="", flush=True)
    if len(echo) < len(everything):
        sys.exit("connection lost")
