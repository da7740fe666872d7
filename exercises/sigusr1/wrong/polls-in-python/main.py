# Mira la seva llista quatre vegades per segon, vingui algun senyal o no.
import os
import signal
import time

arribats = []


def gestor(senyal, marc):
    arribats.append(senyal)


signal.signal(signal.SIGUSR1, gestor)
signal.signal(signal.SIGTERM, gestor)
print("ready", os.getpid(), flush=True)
n = 0
while signal.SIGTERM not in arribats:
    time.sleep(0.25)
    while arribats and arribats[0] == signal.SIGUSR1:
        arribats.pop(0)
        n += 1
        print("got SIGUSR1", n, flush=True)
print("bye", flush=True)
