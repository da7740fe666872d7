import subprocess
import sys

try:
    p = subprocess.run(["ls", "-a", sys.argv[1]], stdout=subprocess.PIPE, text=True)
except OSError as e:
    sys.exit(str(e))
for n, linia in enumerate(p.stdout.splitlines(), 1):
    print(f"{n}: {linia}")
print("status", p.returncode)
sys.exit(p.returncode)
