#!/usr/bin/env python3
# The child is killed when it is no longer needed, instead of being told that there are no more questions.
import subprocess
import sys

numbers = sys.argv[2:]
if not numbers or not all(number.isascii() and number.isdecimal() for number in numbers):
    print("usage: sql-dialogue DB NUMBER...", file=sys.stderr)
    sys.exit(2)
try:
    database = subprocess.Popen(["sqlite3", sys.argv[1]], text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    for number in numbers:
        print(f"SELECT name FROM clients WHERE num = {number};", file=database.stdin, flush=True)
        name = database.stdout.readline()
        if not name:
            sys.exit("no answer")
        print(number, name, end="", flush=True)
except OSError as error:
    sys.exit(str(error))
database.kill()
database.wait()
