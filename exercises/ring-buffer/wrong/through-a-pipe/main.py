import multiprocessing
import sys


def consumidor(cua):
    while True:
        linia = cua.get()
        if linia is None:
            break
        sys.stdout.write(linia)
        sys.stdout.flush()


if __name__ == "__main__":
    cua = multiprocessing.Queue(8)
    p = multiprocessing.Process(target=consumidor, args=(cua,))
    try:
        p.start()
    except OSError as e:
        sys.exit(str(e))
    for linia in sys.stdin:
        cua.put(linia)
    cua.put(None)
    p.join()
