#!/usr/bin/env python3
"""follow: prints a file and whatever is appended to it."""

import sys


def main():
    # 1. One argument, a file; anything else: a message on stderr and status 2. No such file: a message and status 1.
    # 2. Decide what SIGTERM does.
    # 3. Print what there is. Then look again, once a second at most, and print what is new.
    #    How do you know that the file has become shorter?
    sys.exit("follow: not written yet")


main()
