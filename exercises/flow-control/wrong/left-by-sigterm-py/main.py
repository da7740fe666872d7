import sys
import termios
import tty

if len(sys.argv) == 1:
    for i in range(1, 2001):
        print("line", i)
elif sys.argv[1:] == ["raw"]:
    vell = termios.tcgetattr(0)
    tty.setraw(0)
    while True:
        c = sys.stdin.read(1)
        if c in ("q", "\x04"):
            break
        if c == "\x13":
            print("got ^S", end="\r\n", flush=True)
        if c == "\x11":
            print("got ^Q", end="\r\n", flush=True)
    termios.tcsetattr(0, termios.TCSADRAIN, vell)
else:
    print("us: main.py [raw]", file=sys.stderr)
    sys.exit(2)
