import os
import stat
import sys
import time

if len(sys.argv) != 3 or sys.argv[1] not in ("read", "write"):
    print("usage: main.py read|write PATH", file=sys.stderr)
    sys.exit(2)
verb, path = sys.argv[1:]
try:
    os.mkfifo(path, 0o600)
except FileExistsError:
    if not stat.S_ISFIFO(os.stat(path).st_mode):
        sys.exit(f"{path}: not a FIFO")

if verb == "write":
    fifo = os.open(path, os.O_WRONLY)
    while data := os.read(0, 65536):
        while data:
            data = data[os.write(fifo, data):]
else:
    fifo = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    started = False
    while True:
        try:
            data = os.read(fifo, 65536)
        except BlockingIOError:  # somebody is there, and has nothing to say yet
            started = True
            time.sleep(0.25)
            continue
        if data:
            started = True
            os.write(1, data)
        elif started:
            break
        else:  # nobody is there yet
            time.sleep(0.25)
    os.unlink(path)
