"""grep WORD FILE | wc -l, without a shell."""
import subprocess
import sys


def count(word, path):
    with subprocess.Popen(["grep", word, path], stdout=subprocess.PIPE) as grep:
        with subprocess.Popen(["wc", "-l"], stdin=grep.stdout):
            grep.stdout.close()  # only wc reads: if it went away, grep would have to learn of it
    # The end of a `with` waits for its process; that grep ends with 1 when nothing matches is no error.


def main():
    if len(sys.argv) != 3:
        print(f"usage: {sys.argv[0]} WORD FILE", file=sys.stderr)
        return 2
    try:
        count(sys.argv[1], sys.argv[2])
    except OSError as error:
        print(f"{error.filename or 'grep-count'}: {error.strerror}", file=sys.stderr)
        return 1
    return 0


sys.exit(main())
