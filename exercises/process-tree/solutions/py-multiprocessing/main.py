"""The same with multiprocessing. It gives its children an empty standard input, so they read a copy of the root's."""
import multiprocessing
import os
import sys


def live(name, family):
    sys.stdout.write(f"{name} pid {os.getpid()} ppid {os.getppid()}\n")
    sys.stdout.flush()
    children = [multiprocessing.Process(target=live, args=(child, below)) for child, below in family.items()]
    for child in children:
        child.start()
    while os.read(root_input, 4096):
        pass
    for child in children:
        child.join()
    return children


root_input = os.dup(0)
try:
    ended = live("root", {"A": {"C": {}}, "B": {}})
except OSError as error:
    sys.exit(f"cannot start a process: {error.strerror}")
