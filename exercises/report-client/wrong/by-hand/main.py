#!/usr/bin/env python3
# The report is made by hand from /proc, and is no output of ps.

import pathlib
import socket
import sys


def send_report(server):
    for process in pathlib.Path("/proc").glob("[0-9]*"):
        server.sendall(b"%s %s\n" % (process.name.encode(), (process / "cmdline").read_bytes()))


def main():
    if len(sys.argv) != 3 or not sys.argv[2].isdecimal() or not 1 <= int(sys.argv[2]) <= 65535:
        print("usage: report-client HOST PORT", file=sys.stderr)
        return 2
    with socket.create_connection((sys.argv[1], int(sys.argv[2]))) as server:
        send_report(server)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except OSError as error:
        print("report-client:", error, file=sys.stderr)
        sys.exit(1)
