#!/usr/bin/env python3
"""A hundred ports at a time with asyncio; gather() gives the results in the order of the ports."""

import asyncio
import socket
import sys


async def is_open(host, port, turn):
    async with turn:
        try:
            _, writer = await asyncio.wait_for(asyncio.open_connection(host, port), 1)
        except (OSError, asyncio.TimeoutError):
            return False
        writer.close()
        return True


async def main(host, first, last):
    turn = asyncio.Semaphore(100)
    ports = range(first, last + 1)
    answers = await asyncio.gather(*(is_open(host, port, turn) for port in ports))
    for port, answer in zip(ports, answers):
        if answer:
            print(f"{port} open")


try:
    name, *texts = sys.argv[1:]
    first, last = map(int, texts)
    if first not in range(1, 65536) or last not in range(1, 65536):
        raise ValueError
except ValueError:
    sys.exit(print("usage: port-scan HOST FIRST LAST", file=sys.stderr) or 2)
try:
    address = socket.gethostbyname(name)
except OSError as error:
    sys.exit(f"port-scan: {name}: {error}")
asyncio.run(main(address, first, last))
