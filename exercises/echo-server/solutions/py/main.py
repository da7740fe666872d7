#!/usr/bin/env python3
"""echo-server PORT: sends back to every client what it sends.

One thread waits with selectors for everything at once: the listening socket, each client, and a socket into
which Python writes the number of each signal that comes.
"""

import selectors
import signal
import socket
import sys


class Client:
    def __init__(self, connection):
        self.connection = connection
        self.unsent = b""

    def waits_for(self):
        """Reads only when all that was read before has gone back: a deaf client costs one buffer."""
        return selectors.EVENT_WRITE if self.unsent else selectors.EVENT_READ

    def serve(self):
        """False when the client has left, in whatever way."""
        try:
            if not self.unsent:
                self.unsent = self.connection.recv(65536)
                if not self.unsent:
                    return False
            sent = self.connection.send(self.unsent)
            self.unsent = self.unsent[sent:]
        except BlockingIOError:
            pass
        except OSError:
            return False
        return True


def term_as_socket():
    numbers, wakeup = socket.socketpair()
    wakeup.setblocking(False)
    signal.set_wakeup_fd(wakeup.fileno())
    signal.signal(signal.SIGTERM, lambda number, frame: None)
    return numbers, wakeup


def accept(selector, listener):
    try:
        connection, _ = listener.accept()
    except OSError:
        return  # it left again before its turn came
    connection.setblocking(False)
    client = Client(connection)
    selector.register(connection, client.waits_for(), client)


def serve_until_term(listener, term):
    with selectors.DefaultSelector() as selector:
        selector.register(listener, selectors.EVENT_READ)
        selector.register(term, selectors.EVENT_READ)
        while True:
            for key, _ in selector.select():
                if key.fileobj is term:
                    return
                if key.fileobj is listener:
                    accept(selector, listener)
                elif key.data.serve():
                    selector.modify(key.fileobj, key.data.waits_for(), key.data)
                else:
                    selector.unregister(key.fileobj)
                    key.fileobj.close()


def main():
    if len(sys.argv) != 2 or not sys.argv[1].isdecimal() or not 1 <= int(sys.argv[1]) <= 65535:
        print("usage:", sys.argv[0], "PORT", file=sys.stderr)
        return 2
    port = int(sys.argv[1])
    term, wakeup = term_as_socket()
    try:
        # create_server sets SO_REUSEADDR by itself.
        with term, wakeup, socket.create_server(("127.0.0.1", port), backlog=128) as listener:
            listener.setblocking(False)
            print("listening", port, flush=True)
            serve_until_term(listener, term)
    except OSError as error:
        print("echo-server:", error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
