#!/usr/bin/env python3
# shell=True: the child becomes a shell first, and only that becomes the program.
import subprocess
import sys

if len(sys.argv) != 3 or not sys.argv[2].isdecimal():
    print("usage: exec-countdown PROGRAM SECONDS", file=sys.stderr)
    sys.exit(2)
try:
    print(subprocess.Popen(" ".join(sys.argv[1:]), shell=True).pid)
except OSError as error:
    sys.exit(f"exec-countdown: {error}")
