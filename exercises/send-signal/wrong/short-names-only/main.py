import os
import signal
import sys

if len(sys.argv) != 3 or not sys.argv[2].isdigit() or int(sys.argv[2]) == 0:
    print("us: main.py SENYAL PID", file=sys.stderr)
    sys.exit(2)
s = sys.argv[1]
try:
    n = int(s) if s.isdigit() else getattr(signal, "SIG" + s)
    if not 0 < n < 65:
        raise AttributeError
except AttributeError:
    print("no existeix el senyal", s, file=sys.stderr)
    sys.exit(1)
try:
    os.kill(int(sys.argv[2]), n)
except OSError as e:
    print(e, file=sys.stderr)
    sys.exit(1)
