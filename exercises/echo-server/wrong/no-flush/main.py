#!/usr/bin/env python3
# The line stays in the buffer of print(): into a pipe nobody sees it.
import os
import signal
import socket
import sys
import threading

if len(sys.argv) != 2 or not sys.argv[1].isdigit() or not 1 <= int(sys.argv[1]) <= 65535:
    print("usage: echo-server PORT", file=sys.stderr)
    sys.exit(2)
port = int(sys.argv[1])


def serve(connection):
    with connection:
        try:
            while data := connection.recv(4096):
                connection.sendall(data)
        except OSError:
            pass


def on_term(number, frame):
    os._exit(0)


signal.signal(signal.SIGTERM, on_term)
listener = socket.create_server(("127.0.0.1", port), backlog=100)
print("listening", port)
while True:
    client, address = listener.accept()
    threading.Thread(target=serve, args=(client,), daemon=True).start()
