#!/usr/bin/env python3
"""Two threads: one sends each line when it is its turn, the other prints whatever comes and says when a reply is whole."""

import os
import socket
import sys
import threading

turn = threading.Semaphore()  # of the next line


def print_replies(server):
    while piece := server.recv(4096):
        *ended, rest = piece.split(b"\x04")
        for reply in ended:
            os.write(1, reply)
            turn.release()
        os.write(1, rest)
    os._exit(0)  # the server has closed


def main():
    if len(sys.argv) != 3 or not sys.argv[2].isdecimal() or not 1 <= int(sys.argv[2]) <= 65535:
        print("usage: client HOST PORT", file=sys.stderr)
        return 2
    with socket.create_connection((sys.argv[1], int(sys.argv[2]))) as server:
        threading.Thread(target=print_replies, args=[server], daemon=True).start()
        while turn.acquire():
            os.write(1, b"$ ")
            line = sys.stdin.buffer.readline()
            if not line:
                return 0
            server.sendall(line)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except OSError as error:
        print("client:", error, file=sys.stderr)
        sys.exit(1)
