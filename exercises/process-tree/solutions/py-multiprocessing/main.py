"""The same with multiprocessing: an event tells everybody that the input is over."""
import multiprocessing
import os
import sys


def tell(name):
    sys.stdout.write(f"{name} pid {os.getpid()} ppid {os.getppid()}\n")
    sys.stdout.flush()


def leaf(name, over):
    tell(name)
    over.wait()


def branch(over):
    tell("A")
    child = multiprocessing.Process(target=leaf, args=("C", over))
    child.start()
    over.wait()
    child.join()


def main():
    over = multiprocessing.Event()
    children = [multiprocessing.Process(target=branch, args=(over,)), multiprocessing.Process(target=leaf, args=("B", over))]
    try:
        for child in children:
            child.start()
    except OSError as error:
        sys.exit(f"cannot start a process: {error.strerror}")
    tell("root")
    for _ in sys.stdin:
        pass
    over.set()
    for child in children:
        child.join()


if __name__ == "__main__":
    main()
