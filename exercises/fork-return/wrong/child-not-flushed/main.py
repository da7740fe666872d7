import os
import sys

try:
    pid = os.fork()
except OSError as error:
    print(error, file=sys.stderr)
    sys.exit(1)

if pid == 0:
    print(f"child {os.getpid()} parent {os.getppid()}")
    os._exit(7)

pid, status = os.waitpid(pid, 0)
print(f"parent {os.getpid()} child {pid}")
print(f"child exited {os.WEXITSTATUS(status)}")
