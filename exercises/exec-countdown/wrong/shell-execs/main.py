#!/usr/bin/env python3
# The shell that shell=True starts replaces itself in the end: but it was there.
import subprocess
import sys

if len(sys.argv) != 3 or not sys.argv[2].isdecimal():
    print("usage: exec-countdown PROGRAM SECONDS", file=sys.stderr)
    sys.exit(2)
try:
    print(subprocess.Popen("exec " + " ".join(sys.argv[1:]), shell=True).pid)
except OSError as error:
    sys.exit(f"exec-countdown: {error}")
