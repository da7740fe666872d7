import subprocess
import sys

if len(sys.argv) != 2:
    print("us: main.py DIR", file=sys.stderr)
    sys.exit(2)
try:
    p = subprocess.run("ls -a " + sys.argv[1], shell=True, stdout=subprocess.PIPE, text=True)
except OSError as e:
    sys.exit(str(e))
n = 1
for linia in p.stdout.splitlines():
    print(f"{n}: {linia}")
    n += 1
print("status", p.returncode)
sys.exit(p.returncode)
