"""The children are new interpreters: nothing is inherited, and each attaches to the counter by itself once it runs."""
import sys
from multiprocessing import get_context


def count(counter, times):
    for _ in range(times):
        with counter.get_lock():
            counter.value += 1


def main():
    try:
        children, times = map(int, sys.argv[1:])
    except ValueError:
        print("usage: main.py N M", file=sys.stderr)
        return 2
    spawn = get_context("spawn")
    counter = spawn.Value("l", 0)
    workers = []
    try:
        for _ in range(children):
            worker = spawn.Process(target=count, args=(counter, times))
            worker.start()
            workers.append(worker)
    except OSError as error:
        print(f"no process: {error.strerror}", file=sys.stderr)
        return 1
    finally:
        for worker in workers:
            worker.join()
    print(counter.value)
    return 0


if __name__ == "__main__":
    sys.exit(main())
