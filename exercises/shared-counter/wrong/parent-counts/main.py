import os
import sys
from multiprocessing import Value

try:
    n, m = map(int, sys.argv[1:])
except ValueError:
    print("usage: main.py N M", file=sys.stderr)
    sys.exit(2)
counter = Value("i", 0)
started = 0
try:
    for _ in range(n):
        if os.fork() == 0:
            os._exit(0)
        started += 1
except OSError as error:
    print(error, file=sys.stderr)
for _ in range(started):
    os.wait()
    counter.value += m
if started < n:
    sys.exit(1)
print(counter.value)
