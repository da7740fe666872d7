#!/usr/bin/env python3
# Waits for one child at each SIGCHLD, as if each child had its own.
import os
import signal
import sys
import time

alive = 0


def on_child():
    global alive
    pid, status = os.waitpid(-1, os.WNOHANG)
    if pid:
        alive -= 1
        print("pid", pid, "status", os.WEXITSTATUS(status), flush=True)


def on_usr1():
    print("alive", alive, flush=True)


if len(sys.argv) != 2 or not sys.argv[1].isdigit():
    print("usage: reaper N", file=sys.stderr)
    sys.exit(2)
both = [signal.SIGCHLD, signal.SIGUSR1]
signal.pthread_sigmask(signal.SIG_BLOCK, both)
failed = False
for i in range(1, int(sys.argv[1]) + 1):
    try:
        pid = os.fork()
    except OSError as error:
        print("reaper:", error, file=sys.stderr)
        failed = True
        break
    if pid == 0:
        time.sleep(i)
        os._exit(i)
    alive += 1
while alive:
    if signal.sigwait(both) == signal.SIGCHLD:
        on_child()
    else:
        on_usr1()
sys.exit(1 if failed else 0)
