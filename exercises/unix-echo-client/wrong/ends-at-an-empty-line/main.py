#!/usr/bin/env python3
# strip() takes the newline away, and blanks too: an empty line looks like the end of the input.
import socket
import sys

if len(sys.argv) != 2:
    print("usage: unix-echo-client PATH", file=sys.stderr)
    sys.exit(2)

try:
    server = socket.socket(socket.AF_UNIX)
    server.connect(sys.argv[1])
    replies = server.makefile("r", newline="\n")
    while line := sys.stdin.readline().strip():
        server.sendall((line + "\n").encode())
        reply = replies.readline()
        if not reply.endswith("\n"):
            sys.exit("the connection ended too early")
        print(reply, end="", flush=True)
    server.shutdown(socket.SHUT_WR)
    replies.read()
except OSError as error:
    sys.exit(f"cannot go on: {error.strerror}")
