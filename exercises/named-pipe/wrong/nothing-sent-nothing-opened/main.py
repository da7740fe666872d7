import os
import stat
import sys


def make_fifo(path):
    try:
        os.mkfifo(path, 0o600)
    except FileExistsError:
        if not stat.S_ISFIFO(os.stat(path).st_mode):
            sys.exit(f"{path}: not a FIFO")


def write(path):
    make_fifo(path)
    fifo = None
    while data := os.read(0, 65536):
        if fifo is None:  # now there is something to send
            fifo = os.open(path, os.O_WRONLY)
        while data:
            data = data[os.write(fifo, data):]


def read(path):
    make_fifo(path)
    fifo = os.open(path, os.O_RDONLY)
    while data := os.read(fifo, 65536):
        while data:
            data = data[os.write(1, data):]
    os.unlink(path)


if len(sys.argv) != 3 or sys.argv[1] not in ("read", "write"):
    print("usage: main.py read|write PATH", file=sys.stderr)
    sys.exit(2)
if sys.argv[1] == "write":
    write(sys.argv[2])
else:
    read(sys.argv[2])
