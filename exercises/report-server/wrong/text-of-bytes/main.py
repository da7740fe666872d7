#!/usr/bin/env python3
# str() of bytes is not the text in them: it begins with b.

import pathlib
import socket
import sys
from datetime import datetime, timezone


def store(client, address, directory):
    host, port = address
    when = datetime.now(timezone.utc).strftime("%Y%m%d-%H%M%S")
    name = directory / f"{host}-{port}-{when}.log"
    unfinished = name.with_suffix(".part")
    try:
        with client.makefile("rb") as report, open(unfinished, "w") as file:
            file.write(str(report.read()))
        unfinished.rename(name)
    finally:
        unfinished.unlink(missing_ok=True)


def serve(listener, directory):
    while True:
        client, address = listener.accept()
        try:
            with client:
                store(client, address, directory)
        except OSError as error:
            print("report-server: a report is lost:", error, file=sys.stderr)


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
