#!/usr/bin/env python3
# The line stays in the buffer of print(): into a pipe nobody sees it.
import os
import signal
import socket
import stat
import sys
import threading

if len(sys.argv) != 2:
    print("usage: unix-echo-server PATH", file=sys.stderr)
    sys.exit(2)
path = sys.argv[1]


def serve(connection):
    with connection:
        try:
            while data := connection.recv(4096):
                connection.sendall(data)
        except OSError:
            pass


def on_term(number, frame):
    os.unlink(path)
    os._exit(0)


signal.signal(signal.SIGTERM, on_term)
if os.path.exists(path) and stat.S_ISSOCK(os.stat(path).st_mode):
    os.unlink(path)
listener = socket.socket(socket.AF_UNIX)
listener.bind(path)
listener.listen(100)
print("listening", path)
while True:
    client, address = listener.accept()
    threading.Thread(target=serve, args=(client,), daemon=True).start()
