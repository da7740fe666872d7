#!/usr/bin/env python3
# Sends a last line as it is, without newline, and waits for an echo with one.
import socket
import sys

if len(sys.argv) != 3 or not sys.argv[2].isdigit() or not 1 <= int(sys.argv[2]) <= 65535:
    sys.stderr.write("usage: echo-client HOST PORT\n")
    sys.exit(2)

try:
    sock = socket.create_connection((sys.argv[1], int(sys.argv[2])))
    for line in sys.stdin:
        sock.sendall(line.encode())
        reply = b""
        while b"\n" not in reply:
            data = sock.recv(1024)
            if not data:
                sys.exit("the server has closed")
            reply += data
        sys.stdout.write(reply.decode())
        sys.stdout.flush()
    sock.shutdown(socket.SHUT_WR)
    while sock.recv(1024):
        pass
except OSError as error:
    sys.exit(str(error))
