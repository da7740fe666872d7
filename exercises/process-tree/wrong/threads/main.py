import os
import sys
import threading

final = threading.Event()


def escriu(nom):
    print(f"{nom} pid {os.getpid()} ppid {os.getppid()}", flush=True)


def fill(nom):
    escriu(nom)
    net = None
    if nom == "A":
        net = threading.Thread(target=fill, args=("C",))
        net.start()
    final.wait()
    if net:
        net.join()


escriu("root")
fils = [threading.Thread(target=fill, args=(nom,)) for nom in ("A", "B")]
for f in fils:
    f.start()
sys.stdin.read()
final.set()
for f in fils:
    f.join()
