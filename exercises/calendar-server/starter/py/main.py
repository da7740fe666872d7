#!/usr/bin/env python3
"""calendar-server: gives each client a calendar, from the background."""

import sys


def main():
    # 1. A port, and perhaps a year; anything else: a message on stderr, status 2.
    # 2. socket(), bind(), listen(). Which process has to have done that before this one may end?
    # 3. A child leaves session and terminal; this process ends with 0.
    # 4. In the child: one client after the other gets the output of `cal` and a close.
    # 5. Which signals end it, what does it print then, and what does accept() return when one comes?
    sys.exit("calendar-server: not written yet")


main()
