import os
import signal
import sys

if len(sys.argv) != 3 or not sys.argv[2].isdigit() or int(sys.argv[2]) == 0:
    print("usage: main.py SIGNAL PID", file=sys.stderr)
    sys.exit(2)
try:
    if sys.argv[1].isdigit():
        number = signal.Signals(int(sys.argv[1]))
    else:
        number = signal.Signals[sys.argv[1]]
except (KeyError, ValueError):
    print("unknown signal", file=sys.stderr)
    sys.exit(1)
try:
    os.kill(int(sys.argv[2]), number)
except OSError as error:
    print(error, file=sys.stderr)
    sys.exit(1)
