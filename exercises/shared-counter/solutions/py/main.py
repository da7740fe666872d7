"""N processes add 1 to one counter, M times each. A Value lies in shared memory, and has a lock of its own."""
import sys
from multiprocessing import Process, Value


def count(counter, times):
    for _ in range(times):
        with counter.get_lock():  # += reads, adds and writes back: nobody else may come in between
            counter.value += 1


def main():
    try:
        children, times = map(int, sys.argv[1:])
    except ValueError:
        print(f"usage: {sys.argv[0]} N M", file=sys.stderr)
        return 2
    counter = Value("l", 0)
    workers = []
    try:
        for _ in range(children):
            workers.append(Process(target=count, args=(counter, times)))
            workers[-1].start()
    except OSError as error:
        workers.pop()
        print(f"fork: {error.strerror}", file=sys.stderr)
        return 1
    finally:
        for worker in workers:
            worker.join()
    print(counter.value)
    return 0


if __name__ == "__main__":
    sys.exit(main())
