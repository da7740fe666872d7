"""With pathlib; the descriptor of the directory is no link any more when all names have been read."""
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
    links = sorted(folder.iterdir(), key=lambda link: int(link.name))
except OSError as error:
    sys.exit(f"{folder}: {error.strerror}")
for link in links:
    if link.is_symlink():
        sys.stdout.buffer.write(link.name.encode() + b" " + os.readlink(bytes(link)) + b"\n")
