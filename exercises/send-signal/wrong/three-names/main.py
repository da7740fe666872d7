import os
import sys

noms = {"USR1": 10, "USR2": 12, "TERM": 15, "KILL": 9, "INT": 2}

if len(sys.argv) != 3 or not sys.argv[2].isdigit() or int(sys.argv[2]) == 0:
    print("us: main.py SENYAL PID", file=sys.stderr)
    sys.exit(2)
nom = sys.argv[1]
if nom.startswith("SIG"):
    nom = nom[3:]
if nom.isdigit() and 0 < int(nom) < 65:
    num = int(nom)
elif nom in noms:
    num = noms[nom]
else:
    print("senyal desconegut:", nom, file=sys.stderr)
    sys.exit(1)
try:
    os.kill(int(sys.argv[2]), num)
except OSError as e:
    print(e, file=sys.stderr)
    sys.exit(1)
