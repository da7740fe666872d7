import os
import sys


def viu(nom, fills):
    print(nom, "pid", os.getpid(), "ppid", os.getppid())
    pids = fills()
    sys.stdin.read()
    for pid in pids:
        os.waitpid(pid, 0)


def fill(nom, fills=lambda: []):
    sys.stdout.flush()
    try:
        pid = os.fork()
    except OSError as e:
        sys.exit(f"fork: {e}")
    if pid == 0:
        viu(nom, fills)
        sys.exit()
    return pid


viu("root", lambda: [fill("A", lambda: [fill("C")]), fill("B")])
