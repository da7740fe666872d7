"""root has two children, A and B; A has one, C. All of them read the standard input that they inherited."""
import os
import sys


def live(name, start_children):
    """A process from its line to its end, which comes when the input is over and its children have ended."""
    print(f"{name} pid {os.getpid()} ppid {os.getppid()}", flush=True)
    children = start_children()
    sys.stdin.read()
    for pid in children:
        os.waitpid(pid, 0)


def start(name, start_children=list):
    try:
        pid = os.fork()
    except OSError as error:
        sys.exit(f"fork: {error.strerror}")
    if pid == 0:
        live(name, start_children)
        sys.exit(0)
    return pid


live("root", lambda: [start("A", lambda: [start("C")]), start("B")])
