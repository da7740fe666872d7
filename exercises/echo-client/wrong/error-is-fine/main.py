#!/usr/bin/env python3
# Says on standard output that there is no connection, and ends as if all were well.
import socket
import sys

if len(sys.argv) != 3 or not sys.argv[2].isdigit() or not 1 <= int(sys.argv[2]) <= 65535:
    print("usage: echo-client HOST PORT", file=sys.stderr)
    sys.exit(2)

s = socket.socket()
try:
    s.connect((sys.argv[1], int(sys.argv[2])))
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
