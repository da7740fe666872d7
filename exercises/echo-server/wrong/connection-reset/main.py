#!/usr/bin/env python3
# Expects clients to leave in good order: a connection that is reset ends the server.
import selectors
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
listener = socket.create_server(("127.0.0.1", port), backlog=100)
print("listening", port, flush=True)

selector = selectors.DefaultSelector()
selector.register(listener, selectors.EVENT_READ)
waiting = {}  # what each client has still to get


def leave(client):
    selector.unregister(client)
    client.close()
    del waiting[client]


while True:
    for key, events in selector.select():
        if key.fileobj is listener:
            client, address = listener.accept()
            client.setblocking(False)
            waiting[client] = b""
            selector.register(client, selectors.EVENT_READ)
            continue
        client = key.fileobj
        if events & selectors.EVENT_READ:
            waiting[client] = client.recv(4096)
            if not waiting[client]:
                leave(client)
                continue
        try:
            sent = client.send(waiting[client])
        except BlockingIOError:
            sent = 0
        except BrokenPipeError:
            leave(client)
            continue
        waiting[client] = waiting[client][sent:]
        selector.modify(client, selectors.EVENT_WRITE if waiting[client] else selectors.EVENT_READ)
