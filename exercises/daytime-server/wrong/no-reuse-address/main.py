#!/usr/bin/env python3
"""Without SO_REUSEADDR: the port is taken for a minute by the connections of the server before."""

import socket
import sys
import time


def main():
    if len(sys.argv) != 2 or not sys.argv[1].isdecimal() or not 1 <= int(sys.argv[1]) <= 65535:
        print("usage:", sys.argv[0], "PORT", file=sys.stderr)
        return 2
    try:
        listener = socket.socket()
        listener.bind(("127.0.0.1", int(sys.argv[1])))
        listener.listen()
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
