#!/usr/bin/env python3
# After each look goes on from the end of the file, wherever that is by then.
import os
import signal
import sys


def print_what_is_new(file):
    size = os.stat(file.fileno()).st_size
    if size < file.tell():
        file.seek(0)  # it was cut, and begins again
    sys.stdout.buffer.write(file.read(4096))
    sys.stdout.flush()
    file.seek(0, os.SEEK_END)


def main():
    if len(sys.argv) != 2:
        print("usage: follow FILE", file=sys.stderr)
        return 2
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    with open(sys.argv[1], "rb", buffering=0) as file:
        print_what_is_new(file)
        while signal.sigtimedwait({signal.SIGTERM}, 1) is None:
            print_what_is_new(file)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except OSError as error:
        print("follow:", error, file=sys.stderr)
        sys.exit(1)
