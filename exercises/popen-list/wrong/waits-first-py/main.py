import subprocess
import sys

if len(sys.argv) != 2:
    print("usage: main.py DIR", file=sys.stderr)
    sys.exit(2)
try:
    p = subprocess.Popen(["ls", "-a", sys.argv[1]], stdout=subprocess.PIPE)
except OSError as e:
    sys.exit(str(e))
status = p.wait()
for i, line in enumerate(p.stdout.readlines()):
    print(f"{i + 1}: {line.decode()}", end="")
print("status", status)
sys.exit(status)
