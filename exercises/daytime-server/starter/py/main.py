#!/usr/bin/env python3
"""daytime-server PORT: tells each client date and time, and closes."""


def main():
    # 1. Check the argument in sys.argv (wrong usage: a message on stderr, exit status 2).
    # 2. Listen on 127.0.0.1 and PORT (module socket; an error: a message on stderr, exit status 1).
    # 3. For each client: accept, send one line with date and time, close.
    print("not written yet")


main()
