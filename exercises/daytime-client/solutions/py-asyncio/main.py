#!/usr/bin/env python3
"""The same with asyncio, up to the newline."""

import asyncio
import sys


async def main(host, port):
    reader, writer = await asyncio.open_connection(host, port)
    line = await reader.readline()
    writer.close()
    print(line.decode("ascii", "replace").rstrip())


try:
    host, text = sys.argv[1:]
    port = int(text)
    if port not in range(1, 65536):
        raise ValueError
except ValueError:
    sys.exit(print("usage: daytime-client HOST PORT", file=sys.stderr) or 2)
try:
    asyncio.run(main(host, port))
except OSError as error:
    sys.exit(f"daytime-client: {error}")
