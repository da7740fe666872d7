#!/usr/bin/env python3
"""The same with the standard library's server: a thread for each client."""

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


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True  # they do not keep the program from ending
    request_queue_size = 64


def main():
    if len(sys.argv) != 2 or not sys.argv[1].isdecimal() or not 1 <= int(sys.argv[1]) <= 65535:
        print("usage: echo-server PORT", file=sys.stderr)
        sys.exit(2)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        server = Server(("127.0.0.1", int(sys.argv[1])), Echo)
    except OSError as error:
        sys.exit(f"echo-server: {error}")
    print("listening", sys.argv[1], flush=True)
    server.serve_forever()


main()
