#!/usr/bin/env python3
# Expects clients to leave in good order: one that has not read what it was sent ends the server.
import os
import selectors
import signal
import socket
import stat
import sys

if len(sys.argv) != 2:
    print("usage: unix-echo-server PATH", file=sys.stderr)
    sys.exit(2)
path = sys.argv[1]


def on_term(number, frame):
    os.unlink(path)
    sys.exit(0)


signal.signal(signal.SIGTERM, on_term)
if os.path.exists(path) and stat.S_ISSOCK(os.stat(path).st_mode):
    os.unlink(path)
listener = socket.socket(socket.AF_UNIX)
listener.bind(path)
listener.listen(100)
print("listening", path, flush=True)

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
