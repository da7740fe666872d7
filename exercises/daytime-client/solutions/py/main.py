#!/usr/bin/env python3
"""daytime-client HOST PORT: asks a server for date and time (RFC 867)."""

import socket
import sys


def main():
    if len(sys.argv) != 3 or not sys.argv[2].isdecimal() or not 1 <= int(sys.argv[2]) <= 65535:
        print("usage:", sys.argv[0], "HOST PORT", file=sys.stderr)
        return 2
    try:
        # create_connection tries all addresses that the host has.
        with socket.create_connection((sys.argv[1], int(sys.argv[2]))) as server:
            while piece := server.recv(256):  # nothing is sent: the server speaks first, and closes
                sys.stdout.buffer.write(piece)
    except OSError as error:
        print("daytime-client:", error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
