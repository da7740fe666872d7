"""With tty.setraw, and a signal that arrives as a byte on a pipe (signal.set_wakeup_fd)."""
import os
import select
import signal
import sys
import termios
import tty

if sys.argv[1:] not in ([], ["raw"]):
    sys.stderr.write("usage: main.py [raw]\n")
    sys.exit(2)
if len(sys.argv) == 1:
    sys.stdout.writelines(f"line {n + 1}\n" for n in range(2000))
    sys.exit(0)

wakes, wake = os.pipe()
os.set_blocking(wake, False)
signal.set_wakeup_fd(wake)
signal.signal(signal.SIGTERM, lambda *_: None)
found = termios.tcgetattr(sys.stdin)
tty.setraw(sys.stdin)
while True:
    ready, _, _ = select.select([0, wakes], [], [])
    if wakes in ready:
        break
    key = os.read(0, 1)
    if key in (b"q", b"\x04"):
        break
    if key in b"\x11\x13":
        os.write(1, b"got ^%c\r\n" % (key[0] + 64))
termios.tcsetattr(sys.stdin, termios.TCSADRAIN, found)
