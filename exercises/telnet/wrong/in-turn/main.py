#!/usr/bin/env python3
# The user speaks, then the server, then the user: nobody may speak twice.
import os
import socket
import sys

if len(sys.argv) != 3 or not sys.argv[2].isdigit() or not 1 <= int(sys.argv[2]) <= 65535:
    print("usage: telnet HOST PORT", file=sys.stderr)
    sys.exit(2)

try:
    server = socket.create_connection((sys.argv[1], int(sys.argv[2])))
except OSError as error:
    print(error, file=sys.stderr)
    sys.exit(1)

while data := os.read(0, 65536):
    server.sendall(data)
    answer = server.recv(65536)
    if not answer:
        sys.exit(0)
    sys.stdout.buffer.write(answer)
    sys.stdout.flush()
server.shutdown(socket.SHUT_WR)
while answer := server.recv(65536):
    sys.stdout.buffer.write(answer)
    sys.stdout.flush()
