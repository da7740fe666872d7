#!/usr/bin/env python3
"""The standard library's server, a thread for each client."""

import itertools
import socketserver
import sys

ring = "".join(chr(c) for c in range(128) if chr(c).isprintable()) * 2
LINES = [(ring[i : i + 72] + "\r\n").encode("ascii") for i in range(95)]


class Generator(socketserver.BaseRequestHandler):
    def handle(self):
        try:
            for line in itertools.cycle(LINES):
                self.request.sendall(line)
        except OSError:
            pass


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 50


try:
    (port,) = map(int, sys.argv[1:])
    if port not in range(1, 65536):
        raise ValueError
except ValueError:
    sys.exit(print("usage: chargen-server PORT", file=sys.stderr) or 2)
try:
    Server(("", port), Generator).serve_forever()
except OSError as error:
    sys.exit(f"chargen-server: {error}")
