#!/usr/bin/env python3
"""The same with a thread for each client."""

import os
import socketserver
import sys
import time


class Report(socketserver.BaseRequestHandler):
    def handle(self):
        pieces = []
        try:
            while piece := self.request.recv(10000):
                pieces.append(piece)
        except ConnectionResetError:
            return
        name = "%s-%d-%s.log" % (*self.client_address, time.strftime("%Y%m%d-%H%M%S", time.gmtime()))
        with open(os.path.join(sys.argv[2], name), "wb") as file:
            file.writelines(pieces)


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


try:
    PORT = int(sys.argv[1])
    if not 0 < PORT < 65536 or len(sys.argv) != 3:
        raise ValueError
except (IndexError, ValueError):
    print("usage: report-server PORT DIR", file=sys.stderr)
    sys.exit(2)
try:
    Server(("", PORT), Report).serve_forever(poll_interval=None)
except OSError as problem:
    sys.exit(f"report-server: {problem}")
