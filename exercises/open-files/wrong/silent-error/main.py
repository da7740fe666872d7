import os
import sys

if len(sys.argv) != 2 or not sys.argv[1].isdigit():
    print("us: main.py PID", file=sys.stderr)
    sys.exit(2)
d = f"/proc/{sys.argv[1]}/fd"
if os.path.isdir(d):
    for fd in sorted(os.listdir(d), key=int):
        if os.path.islink(f"{d}/{fd}"):
            print(fd, os.readlink(f"{d}/{fd}"))
