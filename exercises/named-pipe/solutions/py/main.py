"""named-pipe write PATH: standard input down a FIFO. named-pipe read PATH: what comes out of it."""
import os
import stat
import sys


def make_fifo(path):
    """Whoever makes it first, we or the other side: afterwards it is there, and it is a FIFO."""
    try:
        os.mkfifo(path, 0o600)
    except FileExistsError:
        if not stat.S_ISFIFO(os.stat(path).st_mode):
            sys.exit(f"{path}: not a FIFO")


def copy(source, target):
    """Each piece goes on as soon as it comes, until end of file."""
    while piece := os.read(source, 65536):
        while piece:
            piece = piece[os.write(target, piece):]


def write(path):
    make_fifo(path)
    copy(0, os.open(path, os.O_WRONLY))


def read(path):
    make_fifo(path)
    copy(os.open(path, os.O_RDONLY), 1)
    try:
        os.unlink(path)
    except FileNotFoundError:
        pass


verbs = {"write": write, "read": read}
if len(sys.argv) != 3 or sys.argv[1] not in verbs:
    print(f"usage: {sys.argv[0]} write PATH | read PATH", file=sys.stderr)
    sys.exit(2)
try:
    verbs[sys.argv[1]](sys.argv[2])
except OSError as error:
    sys.exit(f"{sys.argv[2]}: {error.strerror}")
