#!/usr/bin/env python3
"""A service that is only being started when SIGTERM comes is in no list yet, and stays."""

import asyncio
import signal
import socket
import sys


class Superserver:
    def __init__(self, path):
        self.path, self.commands, self.tasks, self.services = path, {}, {}, set()

    def load(self):
        fresh = {}
        with open(self.path) as lines:
            for line in map(str.split, lines):
                if not line or line[0].startswith("#"):
                    continue
                if len(line) < 3 or line[1] not in ("on", "off") or not line[0].isdigit() or not 0 < int(line[0]) < 65536:
                    print("superserver: bad line:", *line, file=sys.stderr)
                elif line[1] == "on":
                    fresh[int(line[0])] = line[2:]
        self.commands = fresh
        for port in list(self.tasks):
            if port not in fresh:
                self.tasks.pop(port).cancel()
        for port in fresh:
            if port not in self.tasks:
                try:
                    listener = socket.create_server(("127.0.0.1", port))
                except OSError as error:
                    print(f"superserver: {port}: {error}", file=sys.stderr)
                else:
                    listener.setblocking(False)
                    self.tasks[port] = asyncio.create_task(self.accept(listener, port))

    async def accept(self, listener, port):
        with listener:
            while True:
                client, _ = await asyncio.get_running_loop().sock_accept(listener)
                client.setblocking(True)
                asyncio.create_task(self.serve(client, self.commands[port]))

    async def serve(self, client, command):
        try:
            with client:
                service = await asyncio.create_subprocess_exec(*command, stdin=client, stdout=client, stderr=client)
        except OSError as error:
            print("superserver:", error, file=sys.stderr)
            return
        self.services.add(service)
        await service.wait()
        self.services.discard(service)

    def reload(self):
        try:
            self.load()
        except OSError as error:
            print("superserver:", error, file=sys.stderr)

    async def run(self):
        finished = asyncio.Event()
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGTERM, finished.set)
        loop.add_signal_handler(signal.SIGHUP, self.reload)
        self.load()
        await finished.wait()
        running = list(self.services)
        for service in running:
            service.terminate()
        await asyncio.gather(*(service.wait() for service in running))


if len(sys.argv) != 2:
    sys.exit(print("usage: superserver CONFIG", file=sys.stderr) or 2)
try:
    asyncio.run(Superserver(sys.argv[1]).run())
except OSError as error:
    sys.exit(f"superserver: {error}")
