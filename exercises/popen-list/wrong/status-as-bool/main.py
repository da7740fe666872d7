"""What it prints is whether ls failed, not with what: 1 for 2."""
import subprocess
import sys

if len(sys.argv) != 2:
    print(f"usage: {sys.argv[0]} DIR", file=sys.stderr)
    sys.exit(2)
try:
    ls = subprocess.Popen(["ls", "-a", sys.argv[1]], stdout=subprocess.PIPE)
except OSError as error:
    print(f"ls: {error.strerror}", file=sys.stderr)
    sys.exit(1)
for number, line in enumerate(ls.stdout, start=1):
    sys.stdout.buffer.write(b"%d: %s" % (number, line))
status = ls.wait()
sys.stdout.buffer.write(b"status %d\n" % (status != 0))
sys.stdout.buffer.flush()
sys.exit(status)
