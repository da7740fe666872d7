import os
import sys


def copia(origen, desti):
    while True:
        tros = os.read(origen, 4096)
        if not tros:
            break
        while tros:
            tros = tros[os.write(desti, tros):]


if len(sys.argv) != 3 or sys.argv[1] not in ("write", "read"):
    print("Us: main.py write|read CAMI", file=sys.stderr)
    sys.exit(2)

cami = sys.argv[2]
os.mkfifo(cami, 0o600)
if sys.argv[1] == "write":
    copia(0, os.open(cami, os.O_WRONLY))
else:
    copia(os.open(cami, os.O_RDONLY), 1)
    os.remove(cami)
