import mmap
import os
import sys

try:
    n, m = map(int, sys.argv[1:])
except ValueError:
    print("us: main.py N M", file=sys.stderr)
    sys.exit(2)
mem = mmap.mmap(-1, 8)
error = None
for i in range(n):
    try:
        pid = os.fork()
    except OSError as e:
        error = e
        break
    if pid == 0:
        for _ in range(m):
            v = int.from_bytes(mem[:8], "little")
            fd = os.open(f"pany-{i}", os.O_CREAT | os.O_EXCL)
            mem[:8] = (v + 1).to_bytes(8, "little")
            os.close(fd)
            os.unlink(f"pany-{i}")
        os._exit(0)
while True:
    try:
        os.wait()
    except ChildProcessError:
        break
if error:
    sys.exit(str(error))
print(int.from_bytes(mem[:8], "little"))
