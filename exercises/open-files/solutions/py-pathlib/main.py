"""With pathlib, and the descriptor of the directory left out by its name."""
import os
import sys
from pathlib import Path

try:
    (pid,) = map(int, sys.argv[1:])
except ValueError:
    sys.stderr.write("usage: main.py PID\n")
    sys.exit(2)
folder = Path("/proc", str(pid), "fd")
try:
    fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
except OSError as error:
    sys.exit(f"{folder}: {error.strerror}")
names = os.listdir(fd)  # by descriptor: reads a copy of it, which is closed again
os.close(fd)
for name in sorted(names, key=int):
    link = folder / name
    if link.is_symlink():
        sys.stdout.buffer.write(name.encode() + b" " + os.readlink(bytes(link)) + b"\n")
