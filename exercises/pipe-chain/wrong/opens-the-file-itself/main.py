import os
import sys
from subprocess import PIPE, Popen

if len(sys.argv) != 2:
    print("usage: main.py FILE", file=sys.stderr)
    sys.exit(2)
path = sys.argv[1]
if not os.path.exists(path):
    print(f"{path}: no such file", file=sys.stderr)
    sys.exit(1)

procs = []
try:
    procs.append(Popen(["cat", path], stdout=PIPE))
    procs.append(Popen(["sort"], stdin=procs[0].stdout, stdout=PIPE))
    procs[0].stdout.close()
    with open("carta.txt", "w") as carta:
        procs.append(Popen(["wc", "-l"], stdin=procs[1].stdout, stdout=carta))
    procs[1].stdout.close()
except FileNotFoundError as e:
    print(e, file=sys.stderr)
    for p in procs:
        p.stdout.close()
        p.wait()
    sys.exit(127)
for p in procs:
    p.wait()
sys.exit(procs[2].returncode)
