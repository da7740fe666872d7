#!/usr/bin/env python3
# Tells of closed ports too.
import socket
import sys


def port_of(text):
    if not text.isdigit() or not 1 <= int(text) <= 65535:
        print(text, "is not a port", file=sys.stderr)
        sys.exit(2)
    return int(text)


if len(sys.argv) != 4:
    print("usage: port-scan HOST FIRST LAST", file=sys.stderr)
    sys.exit(2)
first, last = port_of(sys.argv[2]), port_of(sys.argv[3])
try:
    host = socket.gethostbyname(sys.argv[1])
except OSError as error:
    print(error, file=sys.stderr)
    sys.exit(1)

for port in range(first, last + 1):
    with socket.socket() as s:
        s.settimeout(1)
        try:
            s.connect((host, port))
            print(port, "open")
        except OSError:
            print(port, "closed")
