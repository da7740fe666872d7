import sys
import time
from multiprocessing import Array, Process, Value

anell = [Array("c", 4096, lock=False) for _ in range(8)]
posades = Value("i", 0)
tretes = Value("i", 0)


def consumidor():
    i = 0
    while True:
        while posades.value == tretes.value:
            time.sleep(0.4)
        linia = anell[i % 8].value
        if not linia:
            break
        print(linia.decode(), end="", flush=True)
        i += 1
        tretes.value += 1


p = Process(target=consumidor)
try:
    p.start()
except OSError as e:
    sys.exit(str(e))
i = 0
for linia in sys.stdin:
    while posades.value - tretes.value == 8:
        time.sleep(0.4)
    anell[i % 8].value = linia.encode()
    i += 1
    posades.value += 1
while posades.value - tretes.value == 8:
    time.sleep(0.4)
anell[i % 8].value = b""
posades.value += 1
p.join()
