import sys
import threading

try:
    n, m = map(int, sys.argv[1:])
except ValueError:
    print("us: main.py N M", file=sys.stderr)
    sys.exit(2)
total = 0
pany = threading.Lock()


def suma():
    global total
    for _ in range(m):
        with pany:
            total += 1


fils = [threading.Thread(target=suma) for _ in range(n)]
for f in fils:
    f.start()
for f in fils:
    f.join()
print(total)
