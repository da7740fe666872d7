#!/usr/bin/env python3
"""Stores the reports that clients send, each in a file of its own.

A report is written under another name, always the same, and gets its own when it is whole: nobody ever sees half of it.
What is left of one that broke is overwritten by the next.
"""

import pathlib
import shutil
import socket
import sys
from datetime import datetime, timezone


def store(client, address, directory):
    host, port = address
    when = datetime.now(timezone.utc).strftime("%Y%m%d-%H%M%S")
    name = directory / f"{host}-{port}-{when}.log"
    unfinished = directory / "unfinished"
    with client.makefile("rb") as report, open(unfinished, "wb") as file:
        shutil.copyfileobj(report, file)
    unfinished.rename(name)


def serve(listener, directory):
    while True:
        client, address = listener.accept()
        try:
            with client:
                store(client, address, directory)
        except OSError:
            pass  # its report is lost; the next client is served


def main():
    if len(sys.argv) != 3 or not sys.argv[1].isdecimal() or not 1 <= int(sys.argv[1]) <= 65535:
        print("usage: report-server PORT DIR", file=sys.stderr)
        return 2
    try:
        listener = socket.create_server(("", int(sys.argv[1])))
    except OSError as error:
        print("report-server:", error, file=sys.stderr)
        return 1
    serve(listener, pathlib.Path(sys.argv[2]))


if __name__ == "__main__":
    sys.exit(main())
