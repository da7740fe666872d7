import os
import sys

variant = sys.argv[1]
argv = sys.argv[2:]
e = {"LAB": "1"}
try:
    if variant in ("execl", "execv"):
        os.execv(argv[0], argv)
    elif variant in ("execle", "execve"):
        os.execve(argv[0], argv, e)
    elif variant in ("execlp", "execvp"):
        os.execvp(argv[0], argv)
    elif variant in ("execlpe", "execvpe"):
        os.execvpe(argv[0], argv, e)
    else:
        sys.exit("unknown variant " + variant)
except FileNotFoundError as error:
    print(error, file=sys.stderr)
    sys.exit(127)
except OSError as error:
    print(error, file=sys.stderr)
    sys.exit(126)
