#!/usr/bin/env python3
"""The same with asyncio."""

import asyncio
import datetime
import sys


async def serve(_, writer):
    try:
        writer.write(f"{datetime.datetime.now():%d %b %Y %H:%M:%S}\r\n".encode())
        writer.close()
        await writer.wait_closed()
    except OSError:
        pass


async def main(port):
    server = await asyncio.start_server(serve, "0.0.0.0", port)
    await server.serve_forever()


try:
    (port,) = map(int, sys.argv[1:])
    if port not in range(1, 65536):
        raise ValueError
except ValueError:
    sys.stderr.write("usage: daytime-server PORT\n")
    sys.exit(2)
try:
    asyncio.new_event_loop().run_until_complete(main(port))
except OSError as error:
    sys.exit(f"daytime-server: {error}")
