"""The chain with the bare calls: os.pipe, os.fork, os.dup2, os.execvp."""
import os
import sys


def become(argv, source, target):
    """In the child: never comes back, whatever happens."""
    try:
        os.dup2(source, 0)
        os.dup2(target, 1)
        os.execvp(argv[0], argv)
    except OSError as error:
        os.write(2, f"{argv[0]}: {error.strerror}\n".encode())
    finally:
        os._exit(127)


def start(argv, source, target):
    pid = os.fork()
    if pid == 0:
        become(argv, source, target)
    return pid


if len(sys.argv) != 2:
    sys.stderr.write("usage: main.py FILE\n")
    sys.exit(2)

# Descriptors made by Python close themselves on exec: the children keep only the copies at 0 and 1.
carta = os.open("carta.txt", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
words_out, words_in = os.pipe()
sorted_out, sorted_in = os.pipe()
cat = start(["cat", "--", sys.argv[1]], 0, words_in)
sort = start(["sort"], words_out, sorted_in)
wc = start(["wc", "-l"], sorted_out, carta)
for fd in (words_out, words_in, sorted_out, sorted_in, carta):
    os.close(fd)

os.waitpid(cat, 0)
os.waitpid(sort, 0)
_, status = os.waitpid(wc, 0)
code = os.waitstatus_to_exitcode(status)
sys.exit(code if code >= 0 else 128 - code)
