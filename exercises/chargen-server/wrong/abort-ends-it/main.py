#!/usr/bin/env python3
# Expects clients to leave in good order: the rude abort (ECONNRESET) ends the server.
import selectors
import socket
import sys

if len(sys.argv) != 2 or not sys.argv[1].isdigit() or not 1 <= int(sys.argv[1]) <= 65535:
    print("usage: chargen-server PORT", file=sys.stderr)
    sys.exit(2)
port = int(sys.argv[1])

LINES = "".join("".join(chr(32 + (n + i) % 95) for i in range(72)) + "\r\n" for n in range(95)).encode()

try:
    listener = socket.create_server(("127.0.0.1", port), backlog=100)
except OSError as error:
    print(error, file=sys.stderr)
    sys.exit(1)

listener.setblocking(False)
selector = selectors.DefaultSelector()
selector.register(listener, selectors.EVENT_READ)
at = {}
while True:
    for key, _ in selector.select():
        if key.fileobj is listener:
            client, address = listener.accept()
            client.setblocking(False)
            at[client] = 0
            selector.register(client, selectors.EVENT_WRITE)
            continue
        client = key.fileobj
        try:
            at[client] = (at[client] + client.send(LINES[at[client]:])) % len(LINES)
        except BlockingIOError:
            pass
        except BrokenPipeError:
            selector.unregister(client)
            client.close()
