#!/usr/bin/env python3
"""The connection as a file: makefile() gives readline() and write()."""

import argparse
import socket
import sys

parser = argparse.ArgumentParser(prog="unix-echo-client")
parser.add_argument("path")
options = parser.parse_args()

try:
    connection = socket.socket(socket.AF_UNIX)
    connection.connect(options.path)
    stream = connection.makefile("rw", encoding="utf-8", errors="surrogateescape", newline="\n")
    for line in sys.stdin:
        if not line.endswith("\n"):
            line += "\n"
        stream.write(line)
        stream.flush()
        echo = stream.readline()
        if echo != line:
            sys.exit(f"unix-echo-client: got {len(echo)} characters of {len(line)} back")
        print(echo, end="", flush=True)
    connection.shutdown(socket.SHUT_WR)
    stream.read()
except OSError as problem:
    sys.exit(f"unix-echo-client: {problem}")
