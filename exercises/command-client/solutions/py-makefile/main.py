#!/usr/bin/env python3
"""The socket as a file that is read byte by byte: a reply is gathered whole, and printed then."""

import socket
import sys

if len(sys.argv) != 3 or not sys.argv[2].isdecimal() or not 1 <= int(sys.argv[2]) <= 65535:
    sys.stderr.write("usage: command-client HOST PORT\n")
    sys.exit(2)
try:
    connection = socket.create_connection(sys.argv[1:])
except OSError as error:
    sys.exit(f"command-client: {error}")
with connection, connection.makefile("rwb") as server:
    try:
        while True:
            line = input("$ ")
            server.write(line.encode() + b"\n")
            server.flush()
            reply = bytearray()
            while (byte := server.read(1)) != b"\x04":
                if not byte:
                    raise EOFError
                reply += byte
            sys.stdout.write(reply.decode())
    except (EOFError, OSError):
        pass
