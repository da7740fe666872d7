#!/usr/bin/env python3
# Whatever is at PATH is removed, also a file that somebody needs.

import os
import signal
import socketserver
import sys


class Echo(socketserver.BaseRequestHandler):
    def handle(self):
        try:
            while data := self.request.recv(4096):
                self.request.sendall(data)
        except ConnectionError:
            pass  # this client is gone


class Server(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True  # they do not keep the program from ending
    request_queue_size = 64


def main():
    if len(sys.argv) != 2:
        print("usage: unix-echo-server PATH", file=sys.stderr)
        sys.exit(2)
    path = sys.argv[1]
    if os.path.exists(path):
        os.unlink(path)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        server = Server(path, Echo)
    except OSError as error:
        sys.exit(f"unix-echo-server: {error}")
    print("listening", path, flush=True)
    try:
        server.serve_forever()
    finally:
        os.unlink(path)


main()
