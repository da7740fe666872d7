"""A thread for each child waits for it, and the main thread sleeps until the last one is done."""
import os
import signal
import sys
import threading
import time

children = []
lock = threading.RLock()


def wait_for(pid):
    _, status = os.waitpid(pid, 0)
    with lock:
        children.remove(pid)
        print("pid", pid, "status", os.WEXITSTATUS(status), flush=True)


def answer(number, frame):
    with lock:
        print("alive", len(children), flush=True)


if len(sys.argv) != 2 or not sys.argv[1].isdigit():
    print("usage: reaper N", file=sys.stderr)
    sys.exit(2)
signal.signal(signal.SIGUSR1, answer)
failed = False
for number in range(1, int(sys.argv[1]) + 1):
    try:
        pid = os.fork()
    except OSError as error:
        print(error, file=sys.stderr)
        failed = True
        break
    if pid == 0:
        time.sleep(number)
        os._exit(number)
    children.append(pid)
threads = [threading.Thread(target=wait_for, args=[pid]) for pid in list(children)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
sys.exit(1 if failed else 0)
