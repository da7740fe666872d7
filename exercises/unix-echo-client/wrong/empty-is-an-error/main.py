#!/usr/bin/env python3
# An input without lines is taken for a mistake of who started it.
import socket
import sys

if len(sys.argv) != 2:
    print("usage: unix-echo-client PATH", file=sys.stderr)
    sys.exit(2)

lines = 0
try:
    server = socket.socket(socket.AF_UNIX)
    server.connect(sys.argv[1])
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
