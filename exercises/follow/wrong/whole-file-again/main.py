#!/usr/bin/env python3
# When the file has changed, prints all of it once more.
import os
import shutil
import signal
import sys


def print_what_is_new(file):
    if os.stat(file.fileno()).st_size != file.tell():
        file.seek(0)
        shutil.copyfileobj(file, sys.stdout.buffer)
        sys.stdout.flush()


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
