import os
import sys

if len(sys.argv) < 3:
    print("us: main.py VARIANT PROGRAMA ARG...", file=sys.stderr)
    sys.exit(2)
variant, argv = sys.argv[1], sys.argv[2:]
try:
    if variant in ("execl", "execlp", "execv", "execvp"):
        os.execv(argv[0], argv)
    elif variant in ("execle", "execlpe", "execve", "execvpe"):
        os.execve(argv[0], argv, {"LAB": "1"})
except FileNotFoundError as e:
    print(e, file=sys.stderr)
    sys.exit(127)
except OSError as e:
    print(e, file=sys.stderr)
    sys.exit(126)
print("variant desconeguda", file=sys.stderr)
sys.exit(2)
