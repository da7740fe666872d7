import os
import sys

if len(sys.argv) != 2:
    print("us: main.py DIR", file=sys.stderr)
    sys.exit(2)
try:
    noms = [".", ".."] + sorted(os.listdir(sys.argv[1]))
except OSError as e:
    print(e, file=sys.stderr)
    print("status 2")
    sys.exit(2)
for n, nom in enumerate(noms, 1):
    print(f"{n}: {nom}")
print("status 0")
