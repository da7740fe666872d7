#!/usr/bin/env python3
"""Starts PROGRAM in a child of its own, prints the PID of this child and ends at once."""

import os
import sys


def become(program, seconds):
    """Replaces the process; comes back only to say that it could not."""
    try:
        os.execl(program, program, seconds)
    except OSError as error:
        print(f"exec-countdown: {program}: {error.strerror}", file=sys.stderr, flush=True)
        os._exit(1)


def main():
    if len(sys.argv) != 3 or not sys.argv[2].isdecimal():
        print("usage: exec-countdown PROGRAM SECONDS", file=sys.stderr)
        return 2
    child = os.fork()
    if child == 0:
        become(sys.argv[1], sys.argv[2])
    print(child)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except OSError as error:
        print("exec-countdown:", error, file=sys.stderr)
        sys.exit(1)
