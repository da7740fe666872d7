"""Runs ls -a DIR, numbers its lines, and tells how it ended."""
import subprocess
import sys


def main():
    if len(sys.argv) != 2:
        print(f"usage: {sys.argv[0]} DIR", file=sys.stderr)
        return 2
    try:
        # A list, not a text: no shell has a look at the name.
        ls = subprocess.Popen(["ls", "-a", sys.argv[1]], stdout=subprocess.PIPE, text=True, errors="surrogateescape")
    except OSError as error:
        print(f"ls: {error.strerror}", file=sys.stderr)
        return 1
    with ls:  # waits for it at the end, when all has been read
        for number, line in enumerate(ls.stdout, start=1):
            print(f"{number}: {line}", end="")
    print("status", ls.returncode)
    return ls.returncode


sys.exit(main())
