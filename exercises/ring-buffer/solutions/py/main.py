"""A producer reads lines into a ring of 8 slots in shared memory, a consumer prints them."""
import sys
from multiprocessing import Process, RawArray, Semaphore

SLOTS = 8
ROOM = 4096


class Ring:
    def __init__(self):
        self.free = Semaphore(SLOTS)  # slots that may be filled
        self.filled = Semaphore(0)  # slots that may be printed
        self.slots = [RawArray("c", ROOM) for _ in range(SLOTS)]
        self.next = 0  # each process has its own

    def put(self, line):
        self.free.acquire()
        self.slots[self.next].value = line
        self.next = (self.next + 1) % SLOTS
        self.filled.release()

    def take(self):
        self.filled.acquire()
        line = self.slots[self.next].value
        self.next = (self.next + 1) % SLOTS
        self.free.release()
        return line


def consume(ring):
    while line := ring.take():  # an empty one is the end: a line has its newline at least
        sys.stdout.buffer.write(line)
        sys.stdout.buffer.flush()


def main():
    ring = Ring()
    consumer = Process(target=consume, args=(ring,))
    try:
        consumer.start()
    except OSError as error:
        print(f"fork: {error.strerror}", file=sys.stderr)
        return 1
    for line in sys.stdin.buffer:
        ring.put(line)
    ring.put(b"")
    consumer.join()
    return 0


if __name__ == "__main__":
    sys.exit(main())
