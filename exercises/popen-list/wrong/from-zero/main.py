import subprocess
import sys

if len(sys.argv) != 2:
    print("usage: main.py DIR", file=sys.stderr)
    sys.exit(2)
try:
    ls = subprocess.Popen(["ls", "-a", sys.argv[1]], stdout=subprocess.PIPE, text=True)
except OSError as e:
    sys.exit(str(e))
out, _ = ls.communicate()
for i, name in enumerate(out.split("\n")):
    print(f"{i}: {name}")
print(f"status {ls.returncode}")
sys.exit(ls.returncode)
