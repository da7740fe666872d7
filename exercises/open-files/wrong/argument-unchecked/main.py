import os
import sys

d = f"/proc/{sys.argv[1]}/fd"
try:
    for fd in sorted(os.listdir(d), key=int):
        if os.path.islink(f"{d}/{fd}"):
            print(fd, os.readlink(f"{d}/{fd}"))
except OSError as e:
    print(e, file=sys.stderr)
    sys.exit(1)
