import os
import signal
import sys
import termios
import tty


def acaba(*_):
    termios.tcsetattr(0, termios.TCSANOW, vell)
    sys.exit(1)


if len(sys.argv) == 1:
    for i in range(1, 2001):
        print(f"line {i}")
    sys.exit()
if sys.argv[1:] != ["raw"]:
    print("us: main.py [raw]", file=sys.stderr)
    sys.exit(2)
vell = termios.tcgetattr(0)
signal.signal(signal.SIGTERM, acaba)
tty.setcbreak(0)
while True:
    c = os.read(0, 1)
    if c == b"q" or c == b"\x04":
        break
    if c == b"\x13":
        print("got ^S", flush=True)
    elif c == b"\x11":
        print("got ^Q", flush=True)
termios.tcsetattr(0, termios.TCSANOW, vell)
