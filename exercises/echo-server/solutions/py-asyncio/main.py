#!/usr/bin/env python3
"""The same with asyncio: a task for each client."""

import asyncio
import signal
import sys


async def serve(reader, writer):
    try:
        while data := await reader.read(4096):
            writer.write(data)
            await writer.drain()  # waits while the client does not read
    except ConnectionError:
        pass
    finally:
        writer.close()


async def main(port):
    finished = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, finished.set)
    server = await asyncio.start_server(serve, "127.0.0.1", port)
    print(f"listening {port}", flush=True)
    await finished.wait()
    server.close()


try:
    (port,) = map(int, sys.argv[1:])
    if port not in range(1, 65536):
        raise ValueError
except ValueError:
    sys.stderr.write("usage: echo-server PORT\n")
    sys.exit(2)
try:
    asyncio.run(main(port))
except OSError as error:
    sys.exit(f"echo-server: {error}")
