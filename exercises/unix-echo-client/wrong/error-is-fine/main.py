#!/usr/bin/env python3
# Says on standard output that there is no connection, and ends as if all were well.
import socket
import sys

if len(sys.argv) != 2:
    print("usage: unix-echo-client PATH", file=sys.stderr)
    sys.exit(2)

s = socket.socket(socket.AF_UNIX)
try:
    s.connect(sys.argv[1])
except OSError as error:
    print("cannot connect:", error)
    sys.exit()
answers = s.makefile("rb")
for line in sys.stdin.buffer:
    if not line.endswith(b"\n"):
        line += b"\n"
    s.sendall(line)
    answer = answers.readline()
    if answer != line:
        print("connection lost", file=sys.stderr)
        sys.exit(1)
    sys.stdout.buffer.write(answer)
    sys.stdout.buffer.flush()
s.shutdown(socket.SHUT_WR)
answers.read()
