#!/usr/bin/env python3
"""Popen with a list makes a child and the exec in it, no shell; nobody calls wait()."""

import subprocess
import sys

if len(sys.argv) != 3 or not sys.argv[2].isdecimal():
    print("usage: exec-countdown PROGRAM SECONDS", file=sys.stderr)
    sys.exit(2)
try:
    print(subprocess.Popen(sys.argv[1:]).pid)
except OSError as error:
    sys.exit(f"exec-countdown: {error}")
