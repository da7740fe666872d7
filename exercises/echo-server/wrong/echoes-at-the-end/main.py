#!/usr/bin/env python3
# Reads all before it answers: who waits for an answer waits for ever.
import os
import signal
import socketserver
import sys


class Handler(socketserver.StreamRequestHandler):
    def handle(self):
        try:
            self.wfile.write(self.rfile.read())
        except OSError:
            pass


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 100


if len(sys.argv) != 2 or not sys.argv[1].isdigit() or not 1 <= int(sys.argv[1]) <= 65535:
    print("usage: echo-server PORT", file=sys.stderr)
    sys.exit(2)

signal.signal(signal.SIGTERM, lambda number, frame: os._exit(0))
server = Server(("127.0.0.1", int(sys.argv[1])), Handler)
print("listening", sys.argv[1], flush=True)
server.serve_forever()
