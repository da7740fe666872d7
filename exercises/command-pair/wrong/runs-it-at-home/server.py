#!/usr/bin/env python3
"""Runs each line that a client sends, and sends back what the command prints, ended by a byte 4.

A thread for each client. Both outputs of a command go into one pipe, so there is only one to read.
"""

import socketserver
import subprocess
import sys

MARK = b"\x04"


class Client(socketserver.StreamRequestHandler):
    def handle(self):
        try:
            for line in self.rfile:  # gathers pieces, keeps lines apart
                self.wfile.write(self.run(line.rstrip(b"\n")) + MARK)
        except OSError:
            pass  # the client is gone, and with it this thread

    @staticmethod
    def run(command):
        return subprocess.run(["/bin/sh", "-c", command], stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False).stdout


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 50


def main():
    if len(sys.argv) != 2 or not sys.argv[1].isdecimal() or not 1 <= int(sys.argv[1]) <= 65535:
        print("usage: server PORT", file=sys.stderr)
        return 2
    try:
        with Server(("127.0.0.1", int(sys.argv[1])), Client) as server:
            server.serve_forever(poll_interval=None)
    except OSError as error:
        print("server:", error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
