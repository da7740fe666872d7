#!/usr/bin/env python3
"""client: sends a text by signals."""

import sys


def main():
    # 1. A PID above 0 and a text; anything else: a message on stderr, status 2.
    # 2. For each byte, for each bit: send SIGUSR1 or SIGUSR2. If there is no such process: a message, status 1.
    # 3. When may the next bit go? And if the answer comes before you wait for it?
    sys.exit("client: not written yet")


main()
