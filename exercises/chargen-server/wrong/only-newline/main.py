#!/usr/bin/env python3
# Ends lines as a file does, not as this protocol does.
import itertools
import socket
import sys
import threading

if len(sys.argv) != 2 or not sys.argv[1].isdigit() or not 1 <= int(sys.argv[1]) <= 65535:
    print("usage: chargen-server PORT", file=sys.stderr)
    sys.exit(2)
port = int(sys.argv[1])


def line(n):
    return "".join(chr(32 + (n + i) % 95) for i in range(72)) + "\n"


def serve(client):
    try:
        for n in itertools.count():
            client.sendall(line(n).encode())
    except OSError:
        client.close()


try:
    listener = socket.create_server(("127.0.0.1", port), backlog=100)
except OSError as error:
    print(error, file=sys.stderr)
    sys.exit(1)

while True:
    client, address = listener.accept()
    threading.Thread(target=serve, args=(client,), daemon=True).start()
