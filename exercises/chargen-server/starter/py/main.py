#!/usr/bin/env python3
"""chargen-server PORT: sends each client a rotating pattern of characters, without end."""


def main():
    # 1. Check the argument in sys.argv (wrong usage: a message on stderr, exit status 2).
    # 2. Listen on 127.0.0.1 and PORT (module socket; an error: a message on stderr, exit status 1).
    # 3. For each client: send line after line until it leaves, and serve the others meanwhile.
    print("not written yet")


main()
