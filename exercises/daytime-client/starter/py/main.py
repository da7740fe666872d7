#!/usr/bin/env python3
"""daytime-client HOST PORT: asks a server for date and time."""


def main():
    # 1. Check the arguments in sys.argv (wrong usage: a message on stderr, exit status 2).
    # 2. Connect to HOST and PORT (module socket; an error: a message on stderr, exit status 1).
    # 3. Read the server's line, however many pieces it comes in, and print it.
    print("not written yet")


main()
