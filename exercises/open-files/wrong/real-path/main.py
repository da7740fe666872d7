import os
import sys

if len(sys.argv) != 2 or not sys.argv[1].isdigit():
    print("us: main.py PID", file=sys.stderr)
    sys.exit(2)
d = f"/proc/{sys.argv[1]}/fd"
try:
    fds = sorted(int(n) for n in os.listdir(d))
except OSError as e:
    print(e, file=sys.stderr)
    sys.exit(1)
for fd in fds:
    if os.path.lexists(f"{d}/{fd}"):
        print(fd, os.path.realpath(f"{d}/{fd}"))
