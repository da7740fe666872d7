"""The same by running this very program again, with the name of the process as its argument."""
import os
import subprocess
import sys

FAMILY = {"root": ["B", "A"], "A": ["C"], "B": [], "C": []}

name = sys.argv[1] if len(sys.argv) > 1 else "root"
print(name, "pid", os.getpid(), "ppid", os.getppid(), flush=True)
try:
    children = [subprocess.Popen([sys.executable, __file__, child]) for child in FAMILY[name]]
except OSError as error:
    sys.exit(f"{sys.executable}: {error.strerror}")
# All have the same standard input, and its end is the end for all.
while os.read(0, 4096):
    pass
for child in children:
    child.wait()
