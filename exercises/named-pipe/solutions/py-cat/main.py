"""Leaves the copying to cat, with the FIFO as one of its ends."""
import contextlib
import pathlib
import subprocess
import sys

if len(sys.argv) != 3 or sys.argv[1] not in ("read", "write"):
    print("usage: main.py read|write PATH", file=sys.stderr)
    sys.exit(2)
verb, fifo = sys.argv[1], pathlib.Path(sys.argv[2])
if not fifo.is_fifo():
    made = subprocess.run(["mkfifo", "--mode=0600", "--", fifo], stderr=subprocess.PIPE, text=True)
    if made.returncode != 0 and not fifo.is_fifo():
        sys.exit(made.stderr.strip())

if verb == "write":
    with open(fifo, "wb", buffering=0) as down:
        result = subprocess.run(["cat"], stdout=down)
else:
    with open(fifo, "rb", buffering=0) as out:
        result = subprocess.run(["cat"], stdin=out)
    with contextlib.suppress(FileNotFoundError):
        fifo.unlink()
if result.returncode != 0:
    sys.exit("cat did not come to the end")
