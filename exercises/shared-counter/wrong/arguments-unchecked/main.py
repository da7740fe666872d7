import multiprocessing
import sys


def suma(c, m):
    for _ in range(m):
        with c.get_lock():
            c.value += 1


if __name__ == "__main__":
    n = int(sys.argv[1])
    m = int(sys.argv[2])
    c = multiprocessing.Value("i", 0)
    ps = [multiprocessing.Process(target=suma, args=(c, m)) for _ in range(n)]
    for p in ps:
        p.start()
    for p in ps:
        p.join()
    print(c.value)
