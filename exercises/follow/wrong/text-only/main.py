# Opens the file as a text: a byte that is no letter ends the program.
import os
import signal
import sys

if len(sys.argv) != 2:
    print("usage: follow FILE", file=sys.stderr)
    sys.exit(2)
signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
try:
    file = open(sys.argv[1], encoding="ascii")
except OSError as error:
    print("follow:", error, file=sys.stderr)
    sys.exit(1)
while True:
    if os.stat(file.fileno()).st_size < file.tell():
        file.seek(0)  # it was cut, and begins again
    sys.stdout.write(file.read())
    sys.stdout.flush()
    if signal.sigtimedwait({signal.SIGTERM}, 1):
        sys.exit(0)
