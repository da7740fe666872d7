import subprocess
import sys

if len(sys.argv) != 3:
    print("us: main.py PARAULA FITXER", file=sys.stderr)
    sys.exit(2)
try:
    found = subprocess.run(["grep", sys.argv[1], sys.argv[2]], stdout=subprocess.PIPE).stdout
    subprocess.run(["wc", "-l"], input=found)
except OSError as error:
    sys.exit(str(error))
