import os
import sys

if len(sys.argv) != 2 or not sys.argv[1].isdigit():
    print("usage: main.py PID", file=sys.stderr)
    sys.exit(2)
found = []
try:
    with os.scandir(f"/proc/{sys.argv[1]}/fd") as entries:
        for entry in entries:
            found.append((int(entry.name), os.readlink(entry.path)))
except OSError as error:
    sys.exit(str(error))
for fd, target in sorted(found):
    print(fd, target)
