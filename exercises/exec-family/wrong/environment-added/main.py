import os
import sys

if len(sys.argv) < 3:
    print("usage: main.py VARIANT PROGRAM ARG...", file=sys.stderr)
    sys.exit(2)
variant = sys.argv[1]
argv = sys.argv[2:]
environment = dict(os.environ)
environment["LAB"] = "1"
try:
    if variant in ("execl", "execv"):
        os.execv(argv[0], argv)
    if variant in ("execle", "execve"):
        os.execve(argv[0], argv, environment)
    if variant in ("execlp", "execvp"):
        os.execvp(argv[0], argv)
    if variant in ("execlpe", "execvpe"):
        os.execvpe(argv[0], argv, environment)
except OSError as error:
    print(error, file=sys.stderr)
    sys.exit(127 if isinstance(error, FileNotFoundError) else 126)
print("unknown variant", file=sys.stderr)
sys.exit(2)
