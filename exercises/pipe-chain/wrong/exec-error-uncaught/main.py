import os
import sys


def ordre(argv, entrada, sortida):
    pid = os.fork()
    if pid == 0:
        os.dup2(entrada, 0)
        os.dup2(sortida, 1)
        os.execvp(argv[0], argv)
    return pid


if len(sys.argv) != 2:
    print("Us: main.py FITXER", file=sys.stderr)
    sys.exit(2)

r1, w1 = os.pipe()
r2, w2 = os.pipe()
carta = os.open("carta.txt", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
pids = [ordre(["cat", sys.argv[1]], 0, w1), ordre(["sort"], r1, w2), ordre(["wc", "-l"], r2, carta)]
for fd in (r1, w1, r2, w2):
    os.close(fd)
for pid in pids:
    _, status = os.waitpid(pid, 0)
sys.exit(os.WEXITSTATUS(status))
