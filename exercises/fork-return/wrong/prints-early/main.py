import os
import sys

try:
    pid = os.fork()
except OSError as e:
    print(e, file=sys.stderr)
    sys.exit(1)

if pid == 0:
    print(f"child {os.getpid()} parent {os.getppid()}", flush=True)
    sys.exit(7)

print(f"parent {os.getpid()} child {pid}", flush=True)
_, status = os.wait()
print(f"child exited {os.WEXITSTATUS(status)}", flush=True)
