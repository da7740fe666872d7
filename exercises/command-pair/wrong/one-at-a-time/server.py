#!/usr/bin/env python3
# The next client is accepted when the one before has left.

import os
import selectors
import socket
import subprocess
import sys


def answer(command, client):
    with subprocess.Popen(command, shell=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as child, \
            selectors.DefaultSelector() as outputs:
        outputs.register(child.stdout, selectors.EVENT_READ)
        outputs.register(child.stderr, selectors.EVENT_READ)
        while outputs.get_map():
            for key, _ in outputs.select():
                piece = os.read(key.fd, 4096)
                client.sendall(piece)
                if not piece:
                    outputs.unregister(key.fileobj)
    client.sendall(b"\x04")


def serve(client):
    rest = b""
    while piece := client.recv(4096):
        *lines, rest = (rest + piece).split(b"\n")
        for line in lines:
            answer(line, client)


def main():
    if len(sys.argv) != 2 or not sys.argv[1].isdecimal() or not 1 <= int(sys.argv[1]) <= 65535:
        print("usage: server PORT", file=sys.stderr)
        return 2
    listener = socket.create_server(("", int(sys.argv[1])), backlog=50)
    while True:
        client, _ = listener.accept()
        try:
            serve(client)
        except OSError:
            pass
        client.close()


if __name__ == "__main__":
    try:
        sys.exit(main())
    except OSError as error:
        print("server:", error, file=sys.stderr)
        sys.exit(1)
