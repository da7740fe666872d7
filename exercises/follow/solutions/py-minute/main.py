"""Looks once a minute: nothing is lost, for what has come since then is all there."""
import pathlib
import signal
import sys

if len(sys.argv) != 2:
    print("usage: follow FILE", file=sys.stderr)
    sys.exit(2)
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM])
path = pathlib.Path(sys.argv[1])
printed = 0
try:
    while True:
        content = path.read_bytes()
        if len(content) < printed:
            printed = 0
        sys.stdout.buffer.write(content[printed:])
        sys.stdout.buffer.flush()
        printed = len(content)
        if signal.sigtimedwait([signal.SIGTERM], 60):
            break
except OSError as error:
    sys.exit(f"{path}: {error.strerror}")
