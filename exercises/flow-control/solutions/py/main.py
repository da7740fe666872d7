"""Ctrl-S and Ctrl-Q: without argument the terminal's business, with "raw" the program's."""
import os
import signal
import sys
import termios

KEYS = {b"\x13": "got ^S", b"\x11": "got ^Q"}


def print_lines():
    for n in range(1, 2001):
        print(f"line {n}")


def read_keys():
    found = termios.tcgetattr(0)
    raw = termios.tcgetattr(0)
    raw[0] &= ~termios.IXON  # Ctrl-S and Ctrl-Q come through
    raw[3] &= ~(termios.ICANON | termios.ECHO)  # each key at once, and not on the screen by itself
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # an exception: the `finally` below is done
    try:
        termios.tcsetattr(0, termios.TCSANOW, raw)
        while (key := os.read(0, 1)) not in (b"q", b"\x04", b""):
            if key in KEYS:
                print(KEYS[key], flush=True)
    finally:
        termios.tcsetattr(0, termios.TCSANOW, found)


def main():
    if len(sys.argv) == 1:
        print_lines()
    elif sys.argv[1:] == ["raw"]:
        try:
            read_keys()
        except termios.error as error:
            print(f"terminal: {error}", file=sys.stderr)
            return 1
    else:
        print(f"usage: {sys.argv[0]} [raw]", file=sys.stderr)
        return 2
    return 0


sys.exit(main())
