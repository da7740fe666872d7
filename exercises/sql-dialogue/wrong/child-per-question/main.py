#!/usr/bin/env python3
# A new sqlite3 for each question: right answers, and no talk.
import subprocess
import sys

numbers = sys.argv[2:]
if not numbers or not all(number.isascii() and number.isdecimal() for number in numbers):
    print("usage: sql-dialogue DB NUMBER...", file=sys.stderr)
    sys.exit(2)
try:
    for number in numbers:
        question = f"SELECT name FROM clients WHERE num = {number};\n"
        answer = subprocess.run(["sqlite3", sys.argv[1]], input=question, text=True, stdout=subprocess.PIPE)
        print(number, answer.stdout, end="", flush=True)
except OSError as error:
    sys.exit(str(error))
