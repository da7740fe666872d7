import os
import stat
import sys

if len(sys.argv) != 3 or sys.argv[1] not in ("write", "read"):
    print("Us: main.py write|read CAMI", file=sys.stderr)
    sys.exit(2)
ordre, cami = sys.argv[1:]

try:
    os.mkfifo(cami, 0o600)
except FileExistsError:
    if not stat.S_ISFIFO(os.stat(cami).st_mode):
        print(f"{cami} no es una FIFO", file=sys.stderr)
        sys.exit(1)

if ordre == "write":
    with open(cami, "w") as fifo:
        for linia in sys.stdin:
            fifo.write(linia)
else:
    with open(cami) as fifo:
        for linia in fifo:
            print(linia, end="")
    os.remove(cami)
