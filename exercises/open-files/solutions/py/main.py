"""Lists what a process has open: /proc/PID/fd has one link for each descriptor."""
import os
import sys


def open_in(pid):
    """The number and the target of each descriptor, by number."""
    directory = f"/proc/{pid}/fd"
    for fd in sorted(map(int, os.listdir(directory))):
        try:
            yield fd, os.readlink(f"{directory}/{fd}")
        except FileNotFoundError:
            pass  # the directory itself, which listdir has closed again


def main():
    if len(sys.argv) != 2 or not sys.argv[1].isdecimal():
        print(f"usage: {sys.argv[0]} PID", file=sys.stderr)
        return 2
    try:
        for fd, target in open_in(sys.argv[1]):
            print(fd, target)
    except OSError as error:
        print(f"{sys.argv[1]}: {error.strerror}", file=sys.stderr)
        return 1
    return 0


sys.exit(main())
