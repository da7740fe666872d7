import os
import shlex
import sys

if len(sys.argv) != 2:
    print("us: main.py DIR", file=sys.stderr)
    sys.exit(2)
try:
    f = os.popen("ls -a " + shlex.quote(sys.argv[1]))
except OSError as e:
    sys.exit(str(e))
for n, linia in enumerate(f, 1):
    print(n, linia, sep=": ", end="")
status = f.close()
print("status", status)
sys.exit(status)
