#!/usr/bin/env python3
# First one pipe to its end, then the other: a command that fills the other one never ends.

import os
import socket
import subprocess
import sys


def answer(command, client):
    with subprocess.Popen(command, shell=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as child:
        client.sendall(child.stdout.read())
        client.sendall(child.stderr.read())
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
        if os.fork() == 0:
            if os.fork() > 0:  # the grandchild serves: nobody here has to wait for it
                os._exit(0)
            listener.close()
            try:
                serve(client)
            except OSError:
                pass
            os._exit(0)
        client.close()
        os.wait()


if __name__ == "__main__":
    try:
        sys.exit(main())
    except OSError as error:
        print("server:", error, file=sys.stderr)
        sys.exit(1)
