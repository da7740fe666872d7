#!/usr/bin/env python3
"""First the whole report, then the connection: run() reads while ps writes, so nothing can be full. By a shell."""

import socket
import subprocess
import sys

if len(sys.argv) != 3 or not sys.argv[2].isdecimal() or not 1 <= int(sys.argv[2]) <= 65535:
    sys.stderr.write("usage: report-client HOST PORT\n")
    sys.exit(2)
try:
    report = subprocess.run("ps ax", shell=True, stdout=subprocess.PIPE, check=True).stdout
    with socket.create_connection((sys.argv[1], sys.argv[2])) as server:
        server.sendall(report)
except (OSError, subprocess.CalledProcessError) as error:
    sys.exit(f"report-client: {error}")
