import os
import sys

if len(sys.argv) != 2 or not sys.argv[1].isdigit():
    print("us: main.py PID", file=sys.stderr)
    sys.exit(2)
d = "/proc/" + sys.argv[1] + "/fd"
try:
    noms = os.listdir(d)
except OSError as e:
    print(e, file=sys.stderr)
    sys.exit(1)
for nom in sorted(noms):
    try:
        print(nom, os.readlink(d + "/" + nom))
    except OSError:
        pass
