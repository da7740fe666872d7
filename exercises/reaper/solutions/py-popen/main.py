"""Each child is a shell, whose sleep is its own. Popen reaps when it is asked, and remembers the status."""
import os
import signal
import subprocess
import sys

AWAITED = {signal.SIGCHLD, signal.SIGUSR1}


def start_all(count):
    children = []
    try:
        for i in range(1, count + 1):
            children.append(subprocess.Popen(f"sleep {i}; exit {i}", shell=True, process_group=0))
    except OSError:
        for child in children:
            os.killpg(child.pid, signal.SIGKILL)  # the sleep too
            child.wait()
        raise
    return children


def main():
    if len(sys.argv) != 2 or not sys.argv[1].isdecimal():
        print("usage: reaper N", file=sys.stderr)
        return 2
    signal.pthread_sigmask(signal.SIG_BLOCK, AWAITED)  # before the first child: none may be missed
    try:
        children = start_all(int(sys.argv[1]))
    except OSError as error:
        print("reaper:", error, file=sys.stderr)
        return 1
    while children:
        if signal.sigwait(AWAITED) == signal.SIGUSR1:
            print("alive", len(children), flush=True)
            continue
        for child in [child for child in children if child.poll() is not None]:
            print("pid", child.pid, "status", child.returncode, flush=True)
            children.remove(child)
    return 0


sys.exit(main())
