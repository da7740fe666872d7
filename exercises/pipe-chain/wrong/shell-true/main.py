import subprocess
import sys

if len(sys.argv) != 2:
    print("Cal un fitxer", file=sys.stderr)
    sys.exit(2)

resultat = subprocess.run(f"cat '{sys.argv[1]}' | sort | wc -l > carta.txt", shell=True)
sys.exit(resultat.returncode)
