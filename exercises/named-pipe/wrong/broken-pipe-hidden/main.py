import os
import stat
import sys


def copy(source, target):
    while data := os.read(source, 65536):
        while data:
            data = data[os.write(target, data):]


if len(sys.argv) != 3 or sys.argv[1] not in ("write", "read"):
    print("usage: main.py write|read PATH", file=sys.stderr)
    sys.exit(2)
verb, path = sys.argv[1:]
try:
    os.mkfifo(path, 0o600)
except FileExistsError:
    if not stat.S_ISFIFO(os.stat(path).st_mode):
        sys.exit(f"{path} is not a FIFO")

try:
    if verb == "write":
        copy(0, os.open(path, os.O_WRONLY))
    else:
        copy(os.open(path, os.O_RDONLY), 1)
        os.remove(path)
except BrokenPipeError:
    pass  # so that no traceback is seen
