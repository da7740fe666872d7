#!/usr/bin/env python3
# On a terminal each line is seen; into a pipe they stay in the buffer until the end.
import os
import signal

OURS = {signal.SIGUSR1, signal.SIGUSR2}
signal.pthread_sigmask(signal.SIG_BLOCK, OURS)
child = os.fork()
if child == 0:
    while signal.sigwait(OURS) == signal.SIGUSR1:
        print("hola radiola")
    print("adeu andreu")
else:
    print(child)
