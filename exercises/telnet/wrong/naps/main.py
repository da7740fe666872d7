#!/usr/bin/env python3
# Looks ten times a second whether there is something.
import os
import select
import socket
import sys
import threading

if len(sys.argv) != 3 or not sys.argv[2].isdigit() or not 1 <= int(sys.argv[2]) <= 65535:
    print("usage: telnet HOST PORT", file=sys.stderr)
    sys.exit(2)

try:
    server = socket.create_connection((sys.argv[1], int(sys.argv[2])))
except OSError as error:
    print(error, file=sys.stderr)
    sys.exit(1)


def type_into_server():
    try:
        while data := os.read(0, 4096):
            server.sendall(data)
        server.shutdown(socket.SHUT_WR)
    except OSError:
        pass


threading.Thread(target=type_into_server, daemon=True).start()
while True:
    ready, _, _ = select.select([server], [], [], 0.1)
    if ready:
        data = server.recv(4096)
        if not data:
            os._exit(0)
        while data:
            data = data[os.write(1, data):]
