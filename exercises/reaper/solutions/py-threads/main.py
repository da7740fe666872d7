"""A thread for each child waits for it, one more takes SIGUSR1, and the main thread sleeps until the last child is done."""
import os
import signal
import sys
import threading
import time

children = []
lock = threading.Lock()


def wait_for(pid):
    _, status = os.waitpid(pid, 0)
    with lock:
        children.remove(pid)
        print("pid", pid, "status", os.WEXITSTATUS(status), flush=True)


def answer():
    while signal.sigwait([signal.SIGUSR1]):
        with lock:
            print("alive", len(children), flush=True)


if len(sys.argv) != 2 or not sys.argv[1].isdigit():
    print("usage: reaper N", file=sys.stderr)
    sys.exit(2)
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR1])  # in all threads
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
threading.Thread(target=answer, daemon=True).start()
threads = [threading.Thread(target=wait_for, args=[pid]) for pid in list(children)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
sys.exit(1 if failed else 0)
