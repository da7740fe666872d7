#!/usr/bin/env python3
"""echo-server PORT: sends back to every client what it sends."""


def main():
    # 1. Check the argument in sys.argv (wrong usage: a message on stderr, exit status 2).
    # 2. Listen on 127.0.0.1 and PORT (module socket; an error: a message on stderr, exit status 1).
    # 3. Print "listening PORT", and flush it.
    # 4. Serve many clients at a time; end with status 0 on SIGTERM.
    print("not written yet")


main()
