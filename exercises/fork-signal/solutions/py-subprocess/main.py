#!/usr/bin/env python3
"""The child is this very program, started again; it says through a pipe that it is ready."""

import asyncio
import signal
import subprocess
import sys


async def answer():
    loop = asyncio.get_running_loop()
    bye = asyncio.Event()
    loop.add_signal_handler(signal.SIGUSR1, lambda: print("hola radiola", flush=True))
    loop.add_signal_handler(signal.SIGUSR2, bye.set)
    print("ready", file=sys.stderr, flush=True)
    await bye.wait()
    print("adeu andreu", flush=True)


def main():
    if sys.argv[1:] == ["child"]:
        asyncio.run(answer())
        return
    child = subprocess.Popen([sys.executable, __file__, "child"], stderr=subprocess.PIPE, text=True)
    if child.stderr.readline() != "ready\n":
        sys.exit("fork-signal: the child is not ready")
    print(child.pid, flush=True)


main()
