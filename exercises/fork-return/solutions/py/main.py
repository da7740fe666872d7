"""One fork, two processes: each knows who it is by what fork returned."""
import os
import sys

try:
    child = os.fork()
except OSError as error:
    print(f"fork: {error.strerror}", file=sys.stderr)
    sys.exit(1)

if child == 0:
    print(f"child {os.getpid()} parent {os.getppid()}")
    sys.exit(7)  # writes out what print kept, and goes no further

_, status = os.waitpid(child, 0)
code = os.waitstatus_to_exitcode(status)
if code < 0:
    print(f"the child was killed by signal {-code}", file=sys.stderr)
    sys.exit(1)
print(f"parent {os.getpid()} child {child}")
print(f"child exited {code}")
