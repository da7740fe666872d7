import os
import sys

try:
    pid = os.fork()
except OSError as error:
    print("No he pogut fer el fork:", error, file=sys.stderr)
    sys.exit(1)

if pid == 0:
    print("child", os.getpid(), "parent", os.getppid())
    sys.exit(7)
else:
    pid, status = os.wait()
    print("parent", os.getpid(), "child", pid)
    print("child exited", status)
