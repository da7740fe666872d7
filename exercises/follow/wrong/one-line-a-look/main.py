# Prints one line and sleeps: what comes faster is never caught up with.
import signal
import sys
import time

if len(sys.argv) != 2:
    print("Ús: follow FITXER", file=sys.stderr)
    sys.exit(2)
signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(0))
try:
    fitxer = open(sys.argv[1], newline="")
except OSError as error:
    print(error, file=sys.stderr)
    sys.exit(1)
while True:
    linia = fitxer.readline()
    print(linia, end="", flush=True)
    time.sleep(1)
