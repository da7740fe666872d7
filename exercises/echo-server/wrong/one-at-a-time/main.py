#!/usr/bin/env python3
# Serves one client to the end before it accepts the next.
import signal
import socket
import sys

if len(sys.argv) != 2 or not sys.argv[1].isdigit() or not 1 <= int(sys.argv[1]) <= 65535:
    print("usage: echo-server PORT", file=sys.stderr)
    sys.exit(2)
port = int(sys.argv[1])


def on_term(number, frame):
    sys.exit(0)


signal.signal(signal.SIGTERM, on_term)
listener = socket.socket()
listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
listener.bind(("127.0.0.1", port))
listener.listen(100)
print("listening", port, flush=True)
while True:
    connection, address = listener.accept()
    try:
        while True:
            data = connection.recv(4096)
            if not data:
                break
            connection.sendall(data)
    except OSError as error:
        print(address, error, file=sys.stderr)
    connection.close()
