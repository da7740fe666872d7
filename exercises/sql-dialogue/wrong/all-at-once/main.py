#!/usr/bin/env python3
# All the questions, the end of the input, then all the answers: communicate() is made for that, not for a talk.
import subprocess
import sys

numbers = sys.argv[2:]
if not numbers or not all(number.isascii() and number.isdecimal() for number in numbers):
    print("usage: sql-dialogue DB NUMBER...", file=sys.stderr)
    sys.exit(2)
try:
    database = subprocess.Popen(["sqlite3", sys.argv[1]], text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
except OSError as error:
    sys.exit(str(error))
questions = "".join(f"SELECT name FROM clients WHERE num = {number};\n" for number in numbers)
names = database.communicate(questions)[0].splitlines()
if len(names) < len(numbers):
    sys.exit("no answer")
for number, name in zip(numbers, names):
    print(number, name)
