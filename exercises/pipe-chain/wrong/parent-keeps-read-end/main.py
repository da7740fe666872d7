import sys
from subprocess import PIPE, Popen

if len(sys.argv) != 2:
    print("usage: main.py FILE", file=sys.stderr)
    sys.exit(2)

started = []
code = 127
try:
    cat = Popen(["cat", sys.argv[1]], stdout=PIPE)
    started.append(cat)
    sort = Popen(["sort"], stdin=cat.stdout, stdout=PIPE)
    started.append(sort)
    with open("carta.txt", "w") as carta:
        wc = Popen(["wc", "-l"], stdin=sort.stdout, stdout=carta)
    code = wc.wait()
except OSError as e:
    print(e, file=sys.stderr)
    for process in started:
        process.stdout.close()
for process in started:
    process.wait()
sys.exit(code)
