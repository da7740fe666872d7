import subprocess
import sys

if len(sys.argv) != 2:
    print("us: main.py DIR", file=sys.stderr)
    sys.exit(2)
try:
    p = subprocess.run(["ls", sys.argv[1]], stdout=subprocess.PIPE, text=True)
except OSError as e:
    sys.exit(str(e))
for n, linia in enumerate(p.stdout.splitlines(), 1):
    print(f"{n}: {linia}")
print("status", p.returncode)
sys.exit(p.returncode)
