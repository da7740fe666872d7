#!/usr/bin/env python3
# Writes without waiting for the client to read: what it does not read piles up in memory.
import asyncio
import sys

if len(sys.argv) != 2 or not sys.argv[1].isdigit() or not 1 <= int(sys.argv[1]) <= 65535:
    print("usage: chargen-server PORT", file=sys.stderr)
    sys.exit(2)
port = int(sys.argv[1])


def line(n):
    return "".join(chr(32 + (n + i) % 95) for i in range(72)) + "\r\n"


async def serve(reader, writer):
    while not writer.is_closing():
        writer.write("".join(line(n) for n in range(95)).encode())
        await asyncio.sleep(0)


async def main():
    server = await asyncio.start_server(serve, "127.0.0.1", port)
    await server.serve_forever()


try:
    asyncio.run(main())
except OSError as error:
    print(error, file=sys.stderr)
    sys.exit(1)
