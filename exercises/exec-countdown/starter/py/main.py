#!/usr/bin/env python3
"""exec-countdown: leaves a program running behind."""

import sys


def main():
    # 1. Two arguments, the second a number; anything else: a message on stderr, status 2.
    # 2. Make a child. What if that fails?
    # 3. The child becomes PROGRAM. What if that fails, and who is it that goes on then?
    # 4. The PID of the child is printed, and the parent ends.
    sys.exit("exec-countdown: not written yet")


main()
