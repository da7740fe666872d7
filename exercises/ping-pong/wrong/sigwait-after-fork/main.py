# El fill bloqueja el senyal quan ja existeix: si el pare és més ràpid, el senyal el mata.
import os
import signal
import sys

if len(sys.argv) != 2 or not sys.argv[1].isdigit() or int(sys.argv[1]) == 0:
    print("Ús: ping-pong RONDES", file=sys.stderr)
    sys.exit(2)

rounds = int(sys.argv[1])
try:
    pid = os.fork()
except OSError as e:
    print(e, file=sys.stderr)
    sys.exit(1)

if pid == 0:
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR1])
    for i in range(1, rounds + 1):
        signal.sigwait([signal.SIGUSR1])
        print("pong", i, flush=True)
        os.kill(os.getppid(), signal.SIGUSR2)
else:
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR2])
    for i in range(1, rounds + 1):
        print("ping", i, flush=True)
        os.kill(pid, signal.SIGUSR1)
        signal.sigwait([signal.SIGUSR2])
    os.wait()
