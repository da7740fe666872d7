#!/usr/bin/env python3
"""The same with asyncio: clients need not wait for one another, a report is gathered in memory."""

import asyncio
import os
import signal
import sys
import time


async def serve(reader, writer):
    host, port = writer.get_extra_info("peername")
    try:
        report = await reader.read()
    except ConnectionError:
        return
    finally:
        writer.close()
    when = time.strftime("%Y%m%d-%H%M%S", time.gmtime())
    with open(os.path.join(sys.argv[2], f"{host}-{port}-{when}.log"), "xb") as file:
        file.write(report)


async def main(port):
    done = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, done.set)
    async with await asyncio.start_server(serve, "127.0.0.1", port):
        await done.wait()


if len(sys.argv) != 3 or not sys.argv[1].isdecimal() or not 1 <= int(sys.argv[1]) <= 65535:
    print("usage: report-server PORT DIR", file=sys.stderr)
    sys.exit(2)
try:
    asyncio.run(main(int(sys.argv[1])))
except OSError as problem:
    sys.exit(f"report-server: {problem}")
