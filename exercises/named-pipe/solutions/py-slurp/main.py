"""The writer takes all of its input before it looks for the FIFO; the reader prints each piece as it comes."""
import os
import pathlib
import sys

if len(sys.argv) != 3 or sys.argv[1] not in ("read", "write"):
    print("usage: main.py read|write PATH", file=sys.stderr)
    sys.exit(2)
verb, fifo = sys.argv[1], pathlib.Path(sys.argv[2])
text = sys.stdin.buffer.read() if verb == "write" else b""
try:
    os.mkfifo(fifo, 0o600)
except OSError as error:
    if not fifo.is_fifo():
        sys.exit(f"{fifo}: {error.strerror}")

if verb == "write":
    try:
        fifo.write_bytes(text)
    except BrokenPipeError:
        sys.exit("the reader has left")
else:
    with open(fifo, "rb", buffering=0) as pieces:
        while piece := pieces.read(65536):
            sys.stdout.buffer.write(piece)
            sys.stdout.buffer.flush()
    fifo.unlink(missing_ok=True)
