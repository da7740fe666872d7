import os
import stat
import sys

ordre = sys.argv[1]
cami = sys.argv[2]
try:
    os.mkfifo(cami, 0o600)
except FileExistsError:
    if not stat.S_ISFIFO(os.stat(cami).st_mode):
        sys.exit(f"{cami} no es una FIFO")

if ordre == "write":
    with open(cami, "wb", buffering=0) as fifo:
        while tros := sys.stdin.buffer.read1():
            fifo.write(tros)
elif ordre == "read":
    with open(cami, "rb", buffering=0) as fifo:
        while tros := fifo.read(8192):
            sys.stdout.buffer.write(tros)
            sys.stdout.buffer.flush()
    os.unlink(cami)
