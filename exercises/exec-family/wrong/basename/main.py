import os
import sys

if len(sys.argv) < 3:
    print("us: main.py VARIANT PROGRAMA ARG...", file=sys.stderr)
    sys.exit(2)
variant, programa, *args = sys.argv[1:]
argv = [os.path.basename(programa)] + args
entorn = {"LAB": "1"}
try:
    if variant in ("execl", "execv"):
        os.execv(programa, argv)
    elif variant in ("execle", "execve"):
        os.execve(programa, argv, entorn)
    elif variant in ("execlp", "execvp"):
        os.execvp(programa, argv)
    elif variant in ("execlpe", "execvpe"):
        os.execvpe(programa, argv, entorn)
except FileNotFoundError as e:
    print(e, file=sys.stderr)
    sys.exit(127)
except PermissionError as e:
    print(e, file=sys.stderr)
    sys.exit(126)
print("variant desconeguda:", variant, file=sys.stderr)
sys.exit(2)
