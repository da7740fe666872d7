#!/usr/bin/env python3
"""The connection as a file: makefile() gives readline() and write()."""

import argparse
import socket
import sys


def port(text):
    number = int(text)
    if not 0 < number < 65536:
        raise ValueError
    return number


parser = argparse.ArgumentParser(prog="echo-client")
parser.add_argument("host")
parser.add_argument("port", type=port)
options = parser.parse_args()

try:
    connection = socket.create_connection((options.host, options.port))
    stream = connection.makefile("rw", encoding="utf-8", errors="surrogateescape", newline="\n")
    for line in sys.stdin:
        if not line.endswith("\n"):
            line += "\n"
        stream.write(line)
        stream.flush()
        echo = stream.readline()
        if echo != line:
            sys.exit(f"echo-client: got {len(echo)} characters of {len(line)} back")
        print(echo, end="", flush=True)
    connection.shutdown(socket.SHUT_WR)
    stream.read()
except OSError as problem:
    sys.exit(f"echo-client: {problem}")
