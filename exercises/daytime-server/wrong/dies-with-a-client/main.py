#!/usr/bin/env python3
# Sends the line in two pieces: the second one to a client that is gone ends the server.
import socket
import sys
import time

if len(sys.argv) != 2 or not sys.argv[1].isdigit() or not 1 <= int(sys.argv[1]) <= 65535:
    print("usage: daytime-server PORT", file=sys.stderr)
    sys.exit(2)
port = int(sys.argv[1])

listener = socket.socket()
listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
try:
    listener.bind(("127.0.0.1", port))
except OSError as error:
    print(error, file=sys.stderr)
    sys.exit(1)
listener.listen(100)

while True:
    client, address = listener.accept()
    client.sendall(time.ctime().encode())
    client.sendall(b"\r\n")
    client.close()
