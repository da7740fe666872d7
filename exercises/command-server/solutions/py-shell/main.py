#!/usr/bin/env python3
"""The shell itself joins both outputs: a first line of ours says so, and the client's line stands behind it, newline and all."""

import socketserver
import subprocess
import sys


class Client(socketserver.StreamRequestHandler):
    def handle(self):
        try:
            for line in self.rfile:
                done = subprocess.run(b"exec 2>&1\n" + line, shell=True, stdin=subprocess.DEVNULL,
                                      stdout=subprocess.PIPE, check=False)
                self.wfile.write(done.stdout + b"\x04")
        except OSError:
            pass  # the client is gone, and with it this thread


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    request_queue_size = 50


def main():
    if len(sys.argv) != 2 or not sys.argv[1].isdecimal() or not 1 <= int(sys.argv[1]) <= 65535:
        print("usage: command-server PORT", file=sys.stderr)
        return 2
    try:
        with Server(("127.0.0.1", int(sys.argv[1])), Client) as server:
            server.serve_forever(poll_interval=None)
    except OSError as error:
        print("command-server:", error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
