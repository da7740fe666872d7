import os
import sys

if len(sys.argv) < 3:
    print("us: main.py VARIANT PROGRAMA ARG...", file=sys.stderr)
    sys.exit(2)
_, variant, *argv = sys.argv
env = {"LAB": "1"}
crides = {
    "execl": lambda: os.execl(argv[0], *argv),
    "execle": lambda: os.execle(argv[0], *argv, env),
    "execlp": lambda: os.execlp(argv[0], *argv),
    "execlpe": lambda: os.execlpe(argv[0], *argv, env),
    "execv": lambda: os.execv(argv[0], argv),
    "execve": lambda: os.execve(argv[0], argv, env),
    "execvp": lambda: os.execvp(argv[0], argv),
    "execvpe": lambda: os.execvpe(argv[0], argv, env),
}
if variant not in crides:
    print("variant desconeguda:", variant, file=sys.stderr)
    sys.exit(2)
try:
    crides[variant]()
except OSError as e:
    print(e, file=sys.stderr)
    sys.exit(127)
