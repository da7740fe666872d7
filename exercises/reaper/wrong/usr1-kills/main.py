# SIGUSR1 is forgotten, and its default action is to end the process.
import os
import sys
import time

if len(sys.argv) != 2 or not sys.argv[1].isdigit():
    print("usage: reaper N", file=sys.stderr)
    sys.exit(2)
n = int(sys.argv[1])
started = 0
for i in range(1, n + 1):
    try:
        pid = os.fork()
    except OSError as e:
        print("reaper:", e, file=sys.stderr)
        break
    if pid == 0:
        time.sleep(i)
        os._exit(i)
    started += 1
for _ in range(started):
    pid, status = os.wait()
    print("pid", pid, "status", status >> 8, flush=True)
sys.exit(0 if started == n else 1)
