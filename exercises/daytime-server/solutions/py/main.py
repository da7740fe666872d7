#!/usr/bin/env python3
"""daytime-server PORT: tells each client date and time, and closes (RFC 867)."""

import socket
import sys
import time


def main():
    if len(sys.argv) != 2 or not sys.argv[1].isdecimal() or not 1 <= int(sys.argv[1]) <= 65535:
        print("usage:", sys.argv[0], "PORT", file=sys.stderr)
        return 2
    try:
        # create_server sets SO_REUSEADDR: who closes first, as this server does, keeps the port for a minute otherwise.
        listener = socket.create_server(("", int(sys.argv[1])), backlog=128)
    except OSError as error:
        print("daytime-server:", error, file=sys.stderr)
        return 1
    while True:
        client, _ = listener.accept()
        with client:
            try:
                client.sendall(time.ctime().encode() + b"\r\n")
            except OSError:
                pass  # this client is gone; the next one is not


if __name__ == "__main__":
    sys.exit(main())
