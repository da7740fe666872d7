import os
import stat
import sys


def open_fifo(path, flags, mode):
    try:
        os.mkfifo(path, mode)
    except FileExistsError:
        if not stat.S_ISFIFO(os.stat(path).st_mode):
            sys.exit(f"{path}: not a FIFO")
    return os.open(path, flags)


def copy(source, target):
    while data := os.read(source, 65536):
        while data:
            data = data[os.write(target, data):]


if len(sys.argv) == 3 and sys.argv[1] == "write":
    copy(0, open_fifo(sys.argv[2], os.O_WRONLY, 0o666))
elif len(sys.argv) == 3 and sys.argv[1] == "read":
    copy(open_fifo(sys.argv[2], os.O_RDONLY, 0o600), 1)
    os.unlink(sys.argv[2])
else:
    print("usage: main.py read|write PATH", file=sys.stderr)
    sys.exit(2)
