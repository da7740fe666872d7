#!/usr/bin/env python3
"""The same with asyncio. The loop is made in the server: it does not survive a fork."""

import asyncio
import os
import signal
import socket
import subprocess
import sys


async def run(listener, command):
    clients = []
    asked = asyncio.get_running_loop().create_future()

    async def serve(_, writer):
        clients.append("%s:%d" % writer.get_extra_info("peername"))
        cal = await asyncio.create_subprocess_exec(*command, stdout=subprocess.PIPE)
        writer.write((await cal.communicate())[0])
        writer.close()

    for number in (signal.SIGUSR1, signal.SIGUSR2, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, asked.set_result, number)
    await asyncio.start_server(serve, sock=listener)
    number = await asked
    if number != signal.SIGUSR2:
        print(*clients, sep="\n", end="\n" if clients else "")
    if number != signal.SIGUSR1:
        print(len(clients))


def main():
    try:
        port, *years = [int(text) for text in sys.argv[1:]]
        if not 0 < port < 65536 or len(years) > 1:
            raise ValueError("PORT [YEAR]")
    except ValueError as error:
        print("calendar-server:", error, file=sys.stderr)
        return 2
    try:
        listener = socket.create_server(("127.0.0.1", port))
    except OSError as error:
        print("calendar-server:", error, file=sys.stderr)
        return 1
    if os.fork() == 0:
        os.setsid()
        asyncio.run(run(listener, ["cal", *map(str, years)] if years else ["cal", "-y"]))
    return 0


sys.exit(main())
