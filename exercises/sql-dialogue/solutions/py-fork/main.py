#!/usr/bin/env python3
"""The two pipes, the child and its exec by hand. What os.pipe() makes is closed by exec, what os.dup2() makes is not."""

import os
import sys


def become_sqlite3(path, stdin, stdout):
    os.dup2(stdin, 0)
    os.dup2(stdout, 1)
    try:
        os.execlp("sqlite3", "sqlite3", path)
    finally:
        os._exit(127)  # no answer will come: the parent tells


def start(path):
    questions_out, questions_in = os.pipe()
    answers_out, answers_in = os.pipe()
    child = os.fork()
    if child == 0:
        become_sqlite3(path, questions_out, answers_in)
    os.close(questions_out)
    os.close(answers_in)
    return child, questions_in, answers_out


def read_line(descriptor):
    line = b""
    while not line.endswith(b"\n"):
        byte = os.read(descriptor, 1)
        if not byte:
            raise EOFError("sqlite3 gives no answer")
        line += byte
    return line


def main():
    numbers = sys.argv[2:]
    if not numbers or not all(number.isascii() and number.isdigit() for number in numbers):
        print("usage: sql-dialogue DB NUMBER...", file=sys.stderr)
        return 2
    child, to, answers = start(sys.argv[1])
    try:
        for number in numbers:
            os.write(to, f"SELECT name FROM clients WHERE num = {number};\n".encode())
            os.write(1, number.encode() + b" " + read_line(answers))
    finally:
        os.close(to)
        os.waitpid(child, 0)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (OSError, EOFError) as error:
        print("sql-dialogue:", error, file=sys.stderr)
        sys.exit(1)
