import os
import signal
import sys

if len(sys.argv) != 3 or not sys.argv[2].isdigit() or int(sys.argv[2]) == 0:
    print("us: main.py SENYAL PID", file=sys.stderr)
    sys.exit(2)
text = sys.argv[1]
try:
    num = int(text)
except ValueError:
    if not text.startswith("SIG"):
        text = "SIG" + text
    if text not in signal.Signals.__members__:
        print(text + ": senyal desconegut", file=sys.stderr)
        sys.exit(1)
    num = signal.Signals[text]
try:
    os.kill(int(sys.argv[2]), num)
except OSError as e:
    print(e, file=sys.stderr)
    sys.exit(1)
