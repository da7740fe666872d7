#!/usr/bin/env python3
"""superserver CONFIG: listens on many ports, and starts a command for each connection, as inetd and xinetd do.

One select() for all: the listening sockets, and a socket into which Python writes the number of each signal that comes.
Sockets of Python are not inherited (PEP 446), and Popen closes what is left: a service has 0, 1 and 2.
"""

import selectors
import signal
import socket
import subprocess
import sys


def complain(*what):
    print("superserver:", *what, file=sys.stderr, flush=True)


def parse(line):
    """(port, is it on, command)"""
    port, state, *command = line.split()
    if not port.isdecimal() or not 1 <= int(port) <= 65535 or state not in ("on", "off") or not command:
        raise ValueError
    return int(port), state == "on", command


def read_config(path):
    """For each port that is on, its command."""
    services = {}
    with open(path) as file:
        for number, line in enumerate(file, 1):
            if not line.strip() or line.lstrip().startswith("#"):
                continue
            try:
                port, is_on, command = parse(line)
            except ValueError:
                complain(f"{path}:{number}: not a service")
                continue
            if is_on:
                services[port] = command
    return services


class Server:
    def __init__(self, path):
        self.path = path
        self.selector = selectors.DefaultSelector()
        self.commands = {}
        self.listeners = {}
        self.services = []
        self.finished = False

    def take(self, commands):
        """Sockets of ports that stay on stay open; what the others served goes on."""
        self.commands = commands
        for port in self.listeners.keys() - commands.keys():
            listener = self.listeners.pop(port)
            self.selector.unregister(listener)
            listener.close()
        for port in commands.keys() - self.listeners.keys():
            try:
                listener = socket.create_server(("127.0.0.1", port), backlog=128)  # sets SO_REUSEADDR
            except OSError as error:
                complain(f"port {port}: {error}")
                continue
            listener.setblocking(False)
            self.listeners[port] = listener
            self.selector.register(listener, selectors.EVENT_READ, port)

    def serve(self, port):
        try:
            client, _ = self.listeners[port].accept()
        except OSError:
            return  # it left again before its turn came
        with client:
            client.setblocking(True)
            try:
                self.services.append(
                    subprocess.Popen(self.commands[port], stdin=client, stdout=client, stderr=client)
                )
            except OSError as error:
                complain(self.commands[port][0] + ":", error)

    def handle(self, number):
        if number == signal.SIGTERM:
            self.finished = True
        elif number == signal.SIGHUP:
            try:
                self.take(read_config(self.path))
            except OSError as error:
                complain(error)
        self.services = [service for service in self.services if service.poll() is None]  # poll() reaps

    def run(self):
        numbers, wakeup = socket.socketpair()
        wakeup.setblocking(False)
        signal.set_wakeup_fd(wakeup.fileno())
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGCHLD):
            signal.signal(number, lambda number, frame: None)
        self.selector.register(numbers, selectors.EVENT_READ)
        self.take(read_config(self.path))
        while not self.finished:
            for key, _ in self.selector.select():
                if key.fileobj is numbers:
                    for number in numbers.recv(64):
                        self.handle(number)
                elif key.data in self.listeners:
                    self.serve(key.data)
        self.take({})
        for service in self.services:
            service.terminate()
        for service in self.services:
            service.wait()


def main():
    if len(sys.argv) != 2:
        print("usage:", sys.argv[0], "CONFIG", file=sys.stderr)
        return 2
    try:
        Server(sys.argv[1]).run()
    except OSError as error:
        complain(error)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
