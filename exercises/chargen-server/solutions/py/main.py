#!/usr/bin/env python3
"""chargen-server PORT: sends each client a rotating pattern of characters, without end (RFC 864).

A task of asyncio for each client. drain() is what keeps it small: it waits until the client has read.
"""

import asyncio
import itertools
import sys

RING = bytes(range(ord(" "), ord("~") + 1))
WIDTH = 72


def pieces():
    """The pattern without end, fifty lines at a time: a call of the kernel for each would take longer than the lines."""
    twice = RING + RING
    lines = itertools.cycle([twice[first : first + WIDTH] + b"\r\n" for first in range(len(RING))])
    while True:
        yield b"".join(itertools.islice(lines, 50))


async def serve(reader, writer):
    try:
        for piece in pieces():
            writer.write(piece)
            await writer.drain()
    except OSError:
        pass  # the client has left, in whatever way
    finally:
        writer.close()


async def main(port):
    server = await asyncio.start_server(serve, "0.0.0.0", port)
    await server.serve_forever()


if len(sys.argv) != 2 or not sys.argv[1].isdecimal() or not 1 <= int(sys.argv[1]) <= 65535:
    print("usage:", sys.argv[0], "PORT", file=sys.stderr)
    sys.exit(2)
try:
    asyncio.new_event_loop().run_until_complete(main(int(sys.argv[1])))
except OSError as error:
    print("chargen-server:", error, file=sys.stderr)
    sys.exit(1)
