# Half a second should do for the child to get ready.
import os
import signal
import sys
import time

if len(sys.argv) != 2 or not sys.argv[1].isdigit() or int(sys.argv[1]) == 0:
    print("usage: ping-pong ROUNDS", file=sys.stderr)
    sys.exit(2)

rounds = int(sys.argv[1])
pid = os.fork()
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR1, signal.SIGUSR2])
if pid == 0:
    for i in range(1, rounds + 1):
        signal.sigwait([signal.SIGUSR1])
        print("pong", i, flush=True)
        os.kill(os.getppid(), signal.SIGUSR2)
    sys.exit(0)
time.sleep(0.5)
for i in range(1, rounds + 1):
    print("ping", i, flush=True)
    os.kill(pid, signal.SIGUSR1)
    signal.sigwait([signal.SIGUSR2])
os.wait()
