"""A handler ends the program where it is, in the middle of its sleep too."""
import os
import signal
import sys
import time

if len(sys.argv) != 2:
    print("usage: follow FILE", file=sys.stderr)
    sys.exit(2)
signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(0))
try:
    file = os.open(sys.argv[1], os.O_RDONLY)
except OSError as error:
    sys.exit(f"{sys.argv[1]}: {error.strerror}")
position = 0
while True:
    if os.fstat(file).st_size < position:
        position = 0
    while data := os.pread(file, 8192, position):
        position += len(data)
        while data:
            data = data[os.write(1, data):]
    time.sleep(1)
