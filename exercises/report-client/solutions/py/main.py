#!/usr/bin/env python3
"""Sends the output of `ps ax` to a server, piece by piece while ps still writes."""

import shutil
import socket
import subprocess
import sys


def send_report(server):
    with subprocess.Popen(["ps", "ax"], stdout=subprocess.PIPE) as ps, server.makefile("wb") as connection:
        shutil.copyfileobj(ps.stdout, connection)
    if ps.returncode != 0:
        raise OSError("ps has failed")


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
