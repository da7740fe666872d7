#!/usr/bin/env python3
"""client: sends lines to a shell at a distance and prints the replies."""

import sys


def main():
    # 1. A host and a port; anything else: a message on stderr, status 2. Connect; if that fails: a message, status 1.
    # 2. Print the prompt "$ ". It has no newline: when is it seen?
    # 3. Read a line and send it. No more lines: the end.
    # 4. Print what comes up to the byte 4. How many recv() is that? And what if the server closes before?
    sys.exit("client: not written yet")


main()
