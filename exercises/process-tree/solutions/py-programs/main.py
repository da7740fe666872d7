"""The same by running this very program again, with the name of the process as its argument."""
import os
import subprocess
import sys

FAMILY = {"root": ["B", "A"], "A": ["C"], "B": [], "C": []}

name = sys.argv[1] if len(sys.argv) > 1 else "root"
print(name, "pid", os.getpid(), "ppid", os.getppid(), flush=True)
try:
    # Each child's input is a pipe that ends when its parent closes it.
    children = [subprocess.Popen([sys.executable, __file__, child], stdin=subprocess.PIPE) for child in FAMILY[name]]
except OSError as error:
    sys.exit(f"{sys.executable}: {error.strerror}")
sys.stdin.buffer.read()
for child in children:
    child.stdin.close()
    child.wait()
