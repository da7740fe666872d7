#!/usr/bin/env python3
# Closes as soon as the client has finished sending, whatever is still owed to it.
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
owed = {}
BOTH = selectors.EVENT_READ | selectors.EVENT_WRITE


def serve(client, events):
    """False when the client has left."""
    if events & selectors.EVENT_READ:
        data = client.recv(65536)
        if not data:
            return False
        owed[client] += data
    try:
        sent = client.send(owed[client][:65536])
        del owed[client][:sent]
    except BlockingIOError:
        pass
    selector.modify(client, BOTH if owed[client] else selectors.EVENT_READ)
    return True


while True:
    for key, events in selector.select():
        if key.fileobj is listener:
            client, address = listener.accept()
            client.setblocking(False)
            owed[client] = bytearray()
            selector.register(client, selectors.EVENT_READ)
            continue
        try:
            stays = serve(key.fileobj, events)
        except OSError:
            stays = False
        if not stays:
            selector.unregister(key.fileobj)
            key.fileobj.close()
            del owed[key.fileobj]
