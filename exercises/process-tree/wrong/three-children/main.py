import os
import sys


def fill(nom):
    try:
        pid = os.fork()
    except OSError as e:
        print(e, file=sys.stderr)
        sys.exit(1)
    if pid == 0:
        print(nom, "pid", os.getpid(), "ppid", os.getppid(), flush=True)
        sys.stdin.read()
        sys.exit(0)
    return pid


print("root", "pid", os.getpid(), "ppid", os.getppid(), flush=True)
pids = [fill("A"), fill("B"), fill("C")]
sys.stdin.read()
for pid in pids:
    os.waitpid(pid, 0)
