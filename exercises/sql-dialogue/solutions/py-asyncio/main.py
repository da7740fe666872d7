#!/usr/bin/env python3
"""The same talk, with asyncio."""

import asyncio
import sys
from asyncio.subprocess import PIPE


async def talk(path, numbers):
    database = await asyncio.create_subprocess_exec("sqlite3", path, stdin=PIPE, stdout=PIPE)
    try:
        for number in numbers:
            database.stdin.write(b"SELECT name FROM clients WHERE num = %d;\n" % number)
            await database.stdin.drain()
            name = await database.stdout.readuntil(b"\n")
            print(number, name.decode(), end="", flush=True)
    finally:
        database.stdin.close()
        await database.wait()


def main():
    try:
        path, numbers = sys.argv[1], [int(number) for number in sys.argv[2:]]
        if not numbers or min(numbers) < 0:
            raise ValueError("at least one number")
    except (IndexError, ValueError) as error:
        print("sql-dialogue:", error, file=sys.stderr)
        return 2
    try:
        asyncio.run(talk(path, numbers))
    except (OSError, asyncio.IncompleteReadError) as error:
        print("sql-dialogue:", error, file=sys.stderr)
        return 1
    return 0


sys.exit(main())
