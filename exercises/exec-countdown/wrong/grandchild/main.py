#!/usr/bin/env python3
# The child does not become the program: it makes one more process for it, and waits.
import os
import subprocess
import sys

if len(sys.argv) != 3 or not sys.argv[2].isdecimal():
    print("usage: exec-countdown PROGRAM SECONDS", file=sys.stderr)
    sys.exit(2)
child = os.fork()
if child == 0:
    subprocess.run(sys.argv[1:])
else:
    print(child)
