#!/usr/bin/env python3
# The farewell comes, but the exit status tells of an error.
import os
import signal
import sys

OURS = {signal.SIGUSR1, signal.SIGUSR2}
signal.pthread_sigmask(signal.SIG_BLOCK, OURS)
child = os.fork()
if child == 0:
    while signal.sigwait(OURS) == signal.SIGUSR1:
        print("hola radiola", flush=True)
    sys.exit(print("adeu andreu", flush=True) or int(signal.SIGUSR2))
print(child, flush=True)
