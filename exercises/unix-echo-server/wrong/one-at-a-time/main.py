#!/usr/bin/env python3
# Serves one client to the end before it accepts the next.
import os
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
