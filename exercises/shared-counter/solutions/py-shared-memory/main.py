"""With a shared memory object that has a name, and a lock beside it."""
import sys
from multiprocessing import Lock, Process
from multiprocessing.shared_memory import SharedMemory


def count(name, lock, times):
    memory = SharedMemory(name)
    for _ in range(times):
        with lock:
            memory.buf[:4] = (int.from_bytes(memory.buf[:4], "little") + 1).to_bytes(4, "little")
    memory.close()


def total_of(n, m):
    lock = Lock()
    memory = SharedMemory(create=True, size=4)
    workers = [Process(target=count, args=(memory.name, lock, m)) for _ in range(n)]
    started = []
    try:
        for worker in workers:
            worker.start()
            started.append(worker)
    finally:
        for worker in started:
            worker.join()
        total = int.from_bytes(memory.buf[:4], "little")
        memory.close()
        memory.unlink()
    return total


if __name__ == "__main__":
    try:
        n, m = (int(word) for word in sys.argv[1:])
    except ValueError:
        print("usage: main.py N M", file=sys.stderr)
        sys.exit(2)
    try:
        print(total_of(n, m))
    except OSError as error:
        sys.exit(f"no process: {error}")
