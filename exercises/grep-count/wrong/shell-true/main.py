import subprocess
import sys

if len(sys.argv) != 3:
    print("us: main.py PARAULA FITXER", file=sys.stderr)
    sys.exit(2)
subprocess.run(f"grep '{sys.argv[1]}' '{sys.argv[2]}' | wc -l", shell=True)
