import os
import sys

if len(sys.argv) < 3:
    sys.stderr.write("usage: main.py VARIANT PROGRAM ARG...\n")
    sys.exit(2)
variant = sys.argv[1]
argv = sys.argv[2:]
if variant not in ("execl", "execle", "execlp", "execlpe", "execv", "execve", "execvp", "execvpe"):
    sys.stderr.write("unknown variant\n")
    sys.exit(2)
extra = [{"LAB": "1"}] if variant[-1] == "e" else []
if variant[4] == "l":
    getattr(os, variant)(argv[0], *argv, *extra)
else:
    getattr(os, variant)(argv[0], argv, *extra)
