"""grep WORD FILE | wc -l with the bare calls: os.pipe, os.fork, os.dup2, os.execvp."""
import os
import sys


def start(argv, end, fd):
    """Starts a command with `end` as its descriptor `fd`."""
    pid = os.fork()
    if pid != 0:
        return pid
    try:
        os.dup2(end, fd)
        os.execvp(argv[0], argv)  # the pipe's own descriptors close themselves on exec
    except OSError as error:
        os.write(2, f"{argv[0]}: {error.strerror}\n".encode())
    finally:
        os._exit(127)  # never back into the parent's code


if len(sys.argv) != 3:
    sys.exit(print("usage: main.py WORD FILE", file=sys.stderr) or 2)
read_end, write_end = os.pipe()
try:
    start(["grep", *sys.argv[1:]], write_end, 1)
    start(["wc", "-l"], read_end, 0)
except OSError as error:
    sys.exit(f"fork: {error.strerror}")
os.close(read_end)
os.close(write_end)
os.wait()
os.wait()
