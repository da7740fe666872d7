#!/usr/bin/env python3
# read() goes on to the end of file, which comes when the child ends: it does not, it waits for the next question.
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
            print(f"SELECT name FROM clients WHERE num = {number};", file=database.stdin, flush=True)
            name = database.stdout.read()
            if not name:
                sys.exit("no answer")
            print(number, name, end="", flush=True)
except OSError as error:
    sys.exit(str(error))
