#!/usr/bin/env python3
"""The same with asyncio; the client hears the end first, and is listened to until it leaves too."""

import asyncio
import datetime
import sys


async def serve(reader, writer):
    try:
        writer.write(f"{datetime.datetime.now():%d %b %Y %H:%M:%S}\r\n".encode())
        writer.write_eof()
        await reader.read()  # so that what it may have sent is not lost unread, which would reset the connection
        writer.close()
        await writer.wait_closed()
    except OSError:
        pass


async def main(port):
    server = await asyncio.start_server(serve, "127.0.0.1", port)
    await server.serve_forever()


try:
    (port,) = map(int, sys.argv[1:])
    if port not in range(1, 65536):
        raise ValueError
except ValueError:
    sys.stderr.write("usage: daytime-server PORT\n")
    sys.exit(2)
try:
    asyncio.run(main(port))
except OSError as error:
    sys.exit(f"daytime-server: {error}")
