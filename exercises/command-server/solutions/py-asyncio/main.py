#!/usr/bin/env python3
"""The same with asyncio: what the command prints is passed on while it runs."""

import asyncio
import sys
from asyncio.subprocess import DEVNULL, PIPE, STDOUT


async def answer(line, writer):
    command = await asyncio.create_subprocess_exec("/bin/sh", "-c", line, stdin=DEVNULL, stdout=PIPE, stderr=STDOUT)
    while piece := await command.stdout.read(1 << 16):
        writer.write(piece)
        await writer.drain()  # a client that does not read stops its own command, and nobody else
    await command.wait()
    writer.write(b"\x04")
    await writer.drain()


async def serve(reader, writer):
    try:
        while line := await reader.readline():
            await answer(line.rstrip(b"\n"), writer)
        writer.close()
    except OSError:
        writer.close()


async def main(port):
    server = await asyncio.start_server(serve, "127.0.0.1", port, limit=1 << 20)
    await server.serve_forever()


try:
    PORT = int(sys.argv[1]) if len(sys.argv) == 2 else 0
except ValueError:
    PORT = 0
if not 1 <= PORT <= 65535:
    print("usage: command-server PORT", file=sys.stderr)
    sys.exit(2)
try:
    asyncio.new_event_loop().run_until_complete(main(PORT))
except OSError as problem:
    print("command-server:", problem, file=sys.stderr)
    sys.exit(1)
