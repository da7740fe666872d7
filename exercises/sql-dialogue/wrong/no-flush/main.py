#!/usr/bin/env python3
# The question stays in the buffer of the pipe, and both wait: the child for it, the program for the answer.
import subprocess
import sys

numbers = sys.argv[2:]
if not numbers or not all(number.isascii() and number.isdecimal() for number in numbers):
    print("usage: sql-dialogue DB NUMBER...", file=sys.stderr)
    sys.exit(2)
try:
    with subprocess.Popen(["sqlite3", sys.argv[1]], text=True,
                          stdin=subprocess.PIPE, stdout=subprocess.PIPE) as database:
        for number in numbers:
            print(f"SELECT name FROM clients WHERE num = {number};", file=database.stdin)
            name = database.stdout.readline()
            if not name:
                sys.exit("no answer")
            print(number, name, end="", flush=True)
except OSError as error:
    sys.exit(str(error))
