#!/usr/bin/env python3
# The client runs the line itself: it looks the same, as long as both are on the same machine.
import subprocess
import sys

if len(sys.argv) != 3:
    sys.stderr.write("usage: client HOST PORT\n")
    sys.exit(2)
while True:
    print("$ ", end="", flush=True)
    line = sys.stdin.readline()
    if not line:
        break
    subprocess.run(["/bin/sh", "-c", line], stderr=subprocess.STDOUT)
