#!/usr/bin/env python3
# str() of bytes is not the text in them: it begins with b.

import socket
import subprocess
import sys


def send_report(server):
    with subprocess.Popen(["ps", "ax"], stdout=subprocess.PIPE) as ps, server.makefile("wb") as connection:
        connection.write(str(ps.stdout.read()).encode())
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
