#!/usr/bin/env python3
# An input without lines is taken for a mistake of who started it.
import socket
import sys

if len(sys.argv) != 3 or not sys.argv[2].isdecimal() or not 1 <= int(sys.argv[2]) <= 65535:
    print("usage: echo-client HOST PORT", file=sys.stderr)
    sys.exit(2)

lines = 0
try:
    server = socket.create_connection((sys.argv[1], int(sys.argv[2])))
    replies = server.makefile("rb")
    for line in sys.stdin.buffer:
        lines += 1
        server.sendall(line)
        reply = replies.read(len(line))
        if reply != line:
            sys.exit("the connection ended too early")
        sys.stdout.buffer.write(reply)
        sys.stdout.buffer.flush()
    if lines == 0:
        sys.exit("nothing to send")
    server.shutdown(socket.SHUT_WR)
    replies.read()
except OSError as error:
    sys.exit(f"cannot go on: {error.strerror}")
