import subprocess
import sys

if len(sys.argv) != 3:
    print("usage: main.py WORD FILE", file=sys.stderr)
    sys.exit(2)
grep = subprocess.Popen(["grep", sys.argv[1], sys.argv[2]], stdout=subprocess.PIPE)
wc = subprocess.Popen(["wc", "-l"], stdin=grep.stdout)
grep.stdout.close()
wc.wait()
sys.exit(grep.wait())
