import os
import stat
import sys

if len(sys.argv) != 3 or sys.argv[1] not in ("write", "read"):
    print("usage: main.py write|read PATH", file=sys.stderr)
    sys.exit(2)
verb, path = sys.argv[1:]

made = True
try:
    os.mkfifo(path, 0o600)
except FileExistsError:
    made = False
    if not stat.S_ISFIFO(os.stat(path).st_mode):
        print(f"{path} is not a FIFO", file=sys.stderr)
        sys.exit(1)

if verb == "write":
    with open(path, "wb", buffering=0) as fifo:
        while data := os.read(0, 4096):
            fifo.write(data)
else:
    with open(path, "rb", buffering=0) as fifo:
        while data := fifo.read(4096):
            sys.stdout.buffer.write(data)
            sys.stdout.flush()
    if made:
        os.remove(path)
