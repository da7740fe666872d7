#!/usr/bin/env python3
# Takes what comes for text in UTF-8.
import os
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
            server.sendall(data.decode(errors="ignore").encode())
        server.shutdown(socket.SHUT_WR)
    except OSError:
        pass


threading.Thread(target=type_into_server, daemon=True).start()
while data := server.recv(4096):
    print(data.decode(errors="ignore"), end="", flush=True)
os._exit(0)
