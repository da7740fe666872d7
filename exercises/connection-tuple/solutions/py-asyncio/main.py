#!/usr/bin/env python3
"""The same with asyncio."""

import asyncio
import socket
import sys


async def main(host, port):
    reader, writer = await asyncio.open_connection(host, port, family=socket.AF_INET)
    ends = [writer.get_extra_info(name) for name in ("sockname", "peername")]
    print(" -> ".join("%s:%d" % end for end in ends), flush=True)
    print((await reader.readuntil(b"\n")).decode(), end="")
    writer.close()


try:
    host, text = sys.argv[1:]
    port = int(text)
    if port not in range(1, 65536):
        raise ValueError
except ValueError:
    sys.exit(print("usage: connection-tuple HOST PORT", file=sys.stderr) or 2)
try:
    asyncio.run(main(host, port))
except (OSError, EOFError) as error:
    sys.exit(f"connection-tuple: {error}")
