import sys

if len(sys.argv) != 3:
    print("cal una paraula i un fitxer", file=sys.stderr)
    sys.exit(2)
n = 0
for line in open(sys.argv[2]):
    if sys.argv[1] in line:
        n += 1
print(n)
