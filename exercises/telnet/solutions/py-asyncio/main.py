#!/usr/bin/env python3
"""asyncio for the server, a thread for the input: a file on standard input cannot be waited for."""

import asyncio
import os
import sys
import threading


def type_into(loop, writer):
    """In a thread: hands over a piece, and waits until it is gone before it reads the next."""

    async def send(data):
        writer.write(data)
        await writer.drain()

    try:
        while data := os.read(0, 65536):
            asyncio.run_coroutine_threadsafe(send(data), loop).result()
        loop.call_soon_threadsafe(writer.write_eof)
    except (OSError, RuntimeError):
        pass  # the server has gone, or the program is ending


async def main(host, port):
    reader, writer = await asyncio.open_connection(host, port)
    threading.Thread(target=type_into, args=(asyncio.get_running_loop(), writer), daemon=True).start()
    while data := await reader.read(65536):
        view = memoryview(data)
        while view:
            view = view[os.write(1, view) :]


if len(sys.argv) != 3 or not sys.argv[2].isdecimal() or int(sys.argv[2]) not in range(1, 65536):
    sys.exit(print("usage: telnet HOST PORT", file=sys.stderr) or 2)
try:
    asyncio.run(main(sys.argv[1], int(sys.argv[2])))
except OSError as error:
    sys.exit(f"telnet: {error}")
os._exit(0)
