#!/usr/bin/env python3
"""Talks with one sqlite3, question by question, over two pipes."""

import subprocess
import sys


def name_of(number, database):
    print(f"SELECT name FROM clients WHERE num = {number};", file=database.stdin, flush=True)
    name = database.stdout.readline()
    if not name:
        raise EOFError("sqlite3 gives no answer")
    return name.rstrip("\n")


def main():
    numbers = sys.argv[2:]
    if not numbers or not all(number.isascii() and number.isdecimal() for number in numbers):
        print("usage: sql-dialogue DB NUMBER...", file=sys.stderr)
        return 2
    # At the end of "with" the child's standard input is closed, and it is waited for.
    with subprocess.Popen(["sqlite3", sys.argv[1]], text=True,
                          stdin=subprocess.PIPE, stdout=subprocess.PIPE) as database:
        for number in numbers:
            print(number, name_of(number, database), flush=True)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (OSError, EOFError) as error:
        print("sql-dialogue:", error, file=sys.stderr)
        sys.exit(1)
