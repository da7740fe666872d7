import subprocess
import sys

if len(sys.argv) != 2:
    print("us: main.py DIR", file=sys.stderr)
    sys.exit(2)
try:
    ls = subprocess.run(["ls", "-a", sys.argv[1]], capture_output=True, text=True)
except OSError as e:
    sys.exit(str(e))
for n, linia in enumerate(ls.stdout.splitlines(), 1):
    print(f"{n}: {linia}")
sys.stderr.write(ls.stderr)
print(f"status {ls.returncode}")
