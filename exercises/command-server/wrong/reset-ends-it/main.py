#!/usr/bin/env python3
# One process and a selector; a client that has broken the connection is an exception that nobody expects.
import selectors
import socket
import subprocess
import sys
import threading


def answer(client, lines):
    for line in lines:
        command = subprocess.run(["/bin/sh", "-c", line], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        client.sendall(command.stdout + b"\x04")


def read(client, rest, clients):
    piece = client.recv(4096)
    if not piece:
        clients.unregister(client)
        client.shutdown(socket.SHUT_RD)
        return
    *lines, rest[0] = (rest[0] + piece).split(b"\n")
    if lines:
        threading.Thread(target=answer, args=(client, lines), daemon=True).start()


def main():
    if len(sys.argv) != 2 or not sys.argv[1].isdecimal() or not 1 <= int(sys.argv[1]) <= 65535:
        sys.stderr.write("usage: command-server PORT\n")
        sys.exit(2)
    listener = socket.create_server(("127.0.0.1", int(sys.argv[1])))
    clients = selectors.DefaultSelector()
    clients.register(listener, selectors.EVENT_READ, None)
    while True:
        for key, _ in clients.select():
            if key.fileobj is listener:
                clients.register(listener.accept()[0], selectors.EVENT_READ, [b""])
            else:
                read(key.fileobj, key.data, clients)


main()
