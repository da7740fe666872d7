"""With a shared memory object, os.fork and a condition; the consumer is the parent."""
import os
import struct
import sys
from multiprocessing import Condition
from multiprocessing.shared_memory import SharedMemory

SLOT = 4096
STATE = struct.Struct("iii")  # the first filled slot, how many are, and whether more may come


def run(memory, changed):
    def state():
        return STATE.unpack_from(memory.buf, 8 * SLOT)

    def slot(number):
        return memory.buf[number % 8 * SLOT :][: SLOT]

    STATE.pack_into(memory.buf, 8 * SLOT, 0, 0, 1)
    pid = os.fork()
    if pid == 0:
        while line := sys.stdin.readline().encode():
            with changed:
                changed.wait_for(lambda: state()[1] < 8)
                first, count, _ = state()
                slot(first + count)[: len(line)] = line
                STATE.pack_into(memory.buf, 8 * SLOT, first, count + 1, 1)
                changed.notify()
        with changed:
            first, count, _ = state()
            STATE.pack_into(memory.buf, 8 * SLOT, first, count, 0)
            changed.notify()
        os._exit(0)
    while True:
        with changed:
            changed.wait_for(lambda: state()[1] > 0 or not state()[2])
            first, count, more = state()
            if count == 0:
                break
            text = bytes(slot(first))
            line = text[: text.index(b"\n") + 1]
            STATE.pack_into(memory.buf, 8 * SLOT, (first + 1) % 8, count - 1, more)
            changed.notify()
        os.write(1, line)
    os.waitpid(pid, 0)


memory = SharedMemory(create=True, size=8 * SLOT + STATE.size)
try:
    run(memory, Condition())
except OSError as error:
    sys.exit(f"fork: {error.strerror}")
finally:
    memory.close()
    memory.unlink()
