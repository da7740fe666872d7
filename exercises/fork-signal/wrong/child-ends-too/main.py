#!/usr/bin/env python3
# A daemon of multiprocessing is ended when its parent ends: that word means something else there.
import multiprocessing
import signal

OURS = {signal.SIGUSR1, signal.SIGUSR2}


def answer():
    while signal.sigwait(OURS) == signal.SIGUSR1:
        print("hola radiola", flush=True)
    print("adeu andreu", flush=True)


signal.pthread_sigmask(signal.SIG_BLOCK, OURS)
child = multiprocessing.Process(target=answer, daemon=True)
child.start()
print(child.pid, flush=True)
