# Els programes són a /usr/bin, o sigui que hi posa /usr/bin/ al davant: el PATH no el mira mai.
import os
import sys

VARIANTS = "execl execle execlp execlpe execv execve execvp execvpe".split()


def main():
    if len(sys.argv) < 3:
        print("exec-family VARIANT PROGRAM ARG...", file=sys.stderr)
        return 2
    variant, arguments = sys.argv[1], sys.argv[2:]
    if variant not in VARIANTS:
        print(variant, "no existeix", file=sys.stderr)
        return 1
    path = "/usr/bin/" + arguments[0] if "p" in variant[4:] else arguments[0]
    entorn = {"LAB": "1"} if variant.endswith("e") else os.environ
    try:
        os.execve(path, arguments, entorn)
    except FileNotFoundError as error:
        print(error, file=sys.stderr)
        return 127
    except OSError as error:
        print(error, file=sys.stderr)
        return 126


sys.exit(main())
