"""The program stays in os.wait(); Python runs the handler when the signal comes, and goes on waiting by itself."""
import os
import signal
import sys
import time

alive = 0


def on_usr1(number, frame):
    print(f"alive {alive}", flush=True)


try:
    [argument] = sys.argv[1:]
    n = int(argument)
    if n < 0:
        raise ValueError
except ValueError:
    sys.stderr.write("usage: reaper N\n")
    sys.exit(2)

signal.signal(signal.SIGUSR1, on_usr1)
problem = None
for i in range(1, n + 1):
    try:
        pid = os.fork()
    except OSError as error:
        problem = f"reaper: {error}"
        break
    if pid == 0:
        signal.signal(signal.SIGUSR1, signal.SIG_DFL)
        time.sleep(i)
        os._exit(i)
    alive += 1

while alive:
    pid, status = os.wait()
    alive -= 1
    print(f"pid {pid} status {os.waitstatus_to_exitcode(status)}", flush=True)
sys.exit(problem)
