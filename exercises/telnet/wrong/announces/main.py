#!/usr/bin/env python3
# Says itself that it is connected, on standard output.
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
print("Connected to", sys.argv[1], flush=True)


def type_into_server():
    try:
        while data := os.read(0, 4096):
            server.sendall(data)
        server.shutdown(socket.SHUT_WR)
    except OSError:
        pass


threading.Thread(target=type_into_server, daemon=True).start()
while data := server.recv(4096):
    while data:
        data = data[os.write(1, data):]
os._exit(0)
