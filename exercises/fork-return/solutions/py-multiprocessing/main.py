"""The library forks, flushes and waits; the numbers are the same."""
import multiprocessing
import os
import sys


def child():
    print(f"child {os.getpid()} parent {os.getppid()}")
    sys.exit(7)


process = multiprocessing.get_context("fork").Process(target=child)
try:
    process.start()
except OSError as error:
    sys.exit(f"cannot start the child: {error}")
process.join()
print(f"parent {os.getpid()} child {process.pid}")
print(f"child exited {process.exitcode}")
