#!/usr/bin/env python3
"""telnet HOST PORT: joins its input and output to a server, both ways at once."""


def main():
    # 1. Check the arguments in sys.argv (wrong usage: a message on stderr, exit status 2).
    # 2. Connect to HOST and PORT (module socket; an error: a message on stderr, exit status 1).
    # 3. Whichever is ready: input to the server, what the server says to the output.
    # 4. At the end of the input: shutdown(); when the server closes: exit status 0.
    print("not written yet")


main()
