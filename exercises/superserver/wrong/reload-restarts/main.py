#!/usr/bin/env python3
# Ends all services and starts itself again when it is told to reload.
import os
import select
import signal
import socket
import subprocess
import sys

if len(sys.argv) != 2:
    print("usage: superserver CONFIG", file=sys.stderr)
    sys.exit(2)
commands = {}
listeners = {}
services = []
finished = False


def parse(line):
    port, state, *command = line.split()
    if not port.isdigit() or not 1 <= int(port) <= 65535 or state not in ("on", "off") or not command:
        raise ValueError
    return int(port), state, command


def load():
    fresh = {}
    with open(sys.argv[1]) as file:
        for line in file:
            if not line.strip() or line.startswith("#"):
                continue
            try:
                port, state, command = parse(line)
            except ValueError:
                print("bad line:", line, end="", file=sys.stderr)
                continue
            if state == "on":
                fresh[port] = command
    for port in list(listeners):
        if port not in fresh:
            listeners.pop(port).close()
    commands.clear()
    commands.update(fresh)
    for port in fresh:
        if port not in listeners:
            try:
                listener = socket.socket()
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                listener.bind(("127.0.0.1", port))
                listener.listen(50)
                listeners[port] = listener
            except OSError as error:
                print(port, error, file=sys.stderr)


def on_signal(number, frame):
    global finished
    if number == signal.SIGTERM:
        finished = True


def reload():
    for service in services:
        service.terminate()
        service.wait()
    os.execv(sys.executable, [sys.executable, *sys.argv])


def serve(port):
    client, address = listeners[port].accept()
    try:
        services.append(subprocess.Popen(commands[port], stdin=client, stdout=client, stderr=client))
    except OSError as error:
        print(error, file=sys.stderr)
    client.close()


woken, wakeup = socket.socketpair()
wakeup.setblocking(False)
signal.set_wakeup_fd(wakeup.fileno())
for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGCHLD):
    signal.signal(number, on_signal)
try:
    load()
except OSError as error:
    print(error, file=sys.stderr)
    sys.exit(1)
while not finished:
    ready, _, _ = select.select([woken, *listeners.values()], [], [])
    if woken in ready and signal.SIGHUP in woken.recv(100):
        reload()
        continue
    for port, listener in list(listeners.items()):
        if listener in ready:
            serve(port)
    services = [service for service in services if service.poll() is None]
for service in services:
    service.terminate()
    service.wait()
