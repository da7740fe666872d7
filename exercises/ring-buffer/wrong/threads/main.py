import queue
import sys
import threading

anell = queue.Queue(8)


def consumidor():
    while True:
        linia = anell.get()
        if not linia:
            break
        print(linia, end="", flush=True)


fil = threading.Thread(target=consumidor)
fil.start()
for linia in sys.stdin:
    anell.put(linia)
anell.put("")
fil.join()
