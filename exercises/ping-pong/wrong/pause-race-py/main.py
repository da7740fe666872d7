# signal.pause() waits for the next signal; the one that has just come is not the next one.
import os
import signal
import sys


def ignore(number, frame):
    pass


if len(sys.argv) != 2 or not sys.argv[1].isdecimal() or int(sys.argv[1]) < 1:
    sys.stderr.write("usage: ping-pong N\n")
    sys.exit(2)
n = int(sys.argv[1])
signal.signal(signal.SIGUSR1, ignore)
signal.signal(signal.SIGUSR2, ignore)
child = os.fork()
if child == 0:
    for i in range(n):
        signal.pause()
        print("pong", i + 1, flush=True)
        os.kill(os.getppid(), signal.SIGUSR2)
    sys.exit()
for i in range(n):
    print("ping", i + 1, flush=True)
    os.kill(child, signal.SIGUSR1)
    signal.pause()
os.waitpid(child, 0)
