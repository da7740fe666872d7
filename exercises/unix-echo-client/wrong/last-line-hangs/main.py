#!/usr/bin/env python3
# Sends a last line as it is, without newline, and waits for an echo with one.
import socket
import sys

if len(sys.argv) != 2:
    print("usage: unix-echo-client PATH", file=sys.stderr)
    sys.exit(2)

try:
    sock = socket.socket(socket.AF_UNIX)
    sock.connect(sys.argv[1])
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
