"""Takes each piece of 4096 bytes for whole lines: the line at its end comes out as two."""
import subprocess
import sys

if len(sys.argv) != 2:
    print("usage: popen-list DIR", file=sys.stderr)
    sys.exit(2)
try:
    ls = subprocess.Popen(["ls", "-a", sys.argv[1]], stdout=subprocess.PIPE, bufsize=0)
except OSError as problem:
    sys.exit(f"ls: {problem}")
number = 0
while piece := ls.stdout.read(4096):
    for line in piece.splitlines():
        number += 1
        sys.stdout.buffer.write(b"%d: %s\n" % (number, line))
sys.stdout.flush()
print("status", ls.wait())
sys.exit(ls.returncode)
