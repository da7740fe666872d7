#!/usr/bin/env python3
"""unix-echo-server PATH: sends back to every client what it sends, over a UNIX socket."""


def main():
    # 1. Check the argument in sys.argv (wrong usage: a message on stderr, exit status 2).
    # 2. Remove a stale socket; listen at PATH (socket.AF_UNIX; an error: a message on stderr, exit status 1).
    # 3. Print "listening PATH", and flush it.
    # 4. Serve many clients at a time; on SIGTERM remove the socket and end with status 0.
    print("not written yet")


main()
