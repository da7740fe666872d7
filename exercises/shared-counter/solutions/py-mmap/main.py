"""With os.fork, mmap and a lock on a file."""
import fcntl
import mmap
import os
import struct
import sys
import tempfile

LONG = struct.Struct("q")

if len(sys.argv) != 3 or not all(word.isdecimal() for word in sys.argv[1:]):
    sys.stderr.write("usage: main.py N M\n")
    sys.exit(2)
n, m = map(int, sys.argv[1:])
memory = mmap.mmap(-1, LONG.size)  # anonymous and shared
with tempfile.TemporaryFile() as lock:
    failed = None
    for _ in range(n):
        try:
            pid = os.fork()
        except OSError as error:
            failed = error
            break
        if pid == 0:
            for _ in range(m):
                fcntl.lockf(lock, fcntl.LOCK_EX)
                value = LONG.unpack_from(memory)[0]
                os.sched_yield()  # let them all run here: they have to wait for the lock
                LONG.pack_into(memory, 0, value + 1)
                fcntl.lockf(lock, fcntl.LOCK_UN)
            os._exit(0)
    try:
        while True:
            os.wait()
    except ChildProcessError:
        pass
if failed:
    sys.exit(f"fork: {failed.strerror}")
print(*LONG.unpack_from(memory))
