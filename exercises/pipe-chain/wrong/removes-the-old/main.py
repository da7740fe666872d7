import os
import sys
from subprocess import PIPE, Popen

if len(sys.argv) != 2:
    print("Us: main.py FITXER", file=sys.stderr)
    sys.exit(2)

# Si ja hi era, fora
if os.path.exists("carta.txt"):
    os.remove("carta.txt")
carta = open("carta.txt", "w")

fills = []
entrada = None
try:
    for ordre in (["cat", sys.argv[1]], ["sort"], ["wc", "-l"]):
        sortida = carta if ordre[0] == "wc" else PIPE
        fill = Popen(ordre, stdin=entrada, stdout=sortida)
        if entrada:
            entrada.close()
        entrada = fill.stdout
        fills.append(fill)
except FileNotFoundError as error:
    print(error, file=sys.stderr)
    entrada.close()
    for fill in fills:
        fill.wait()
    sys.exit(127)
for fill in fills:
    fill.wait()
sys.exit(fills[-1].returncode)
