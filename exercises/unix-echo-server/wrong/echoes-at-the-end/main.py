#!/usr/bin/env python3
# Reads all before it answers: who waits for an answer waits for ever.
import os
import signal
import socketserver
import stat
import sys


class Handler(socketserver.StreamRequestHandler):
    def handle(self):
        try:
            self.wfile.write(self.rfile.read())
        except OSError:
            pass


class Server(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True
    request_queue_size = 100


if len(sys.argv) != 2:
    print("usage: unix-echo-server PATH", file=sys.stderr)
    sys.exit(2)
path = sys.argv[1]


def on_term(number, frame):
    os.unlink(path)
    os._exit(0)


signal.signal(signal.SIGTERM, on_term)
if os.path.exists(path) and stat.S_ISSOCK(os.stat(path).st_mode):
    os.unlink(path)
server = Server(path, Handler)
print("listening", path, flush=True)
server.serve_forever()
