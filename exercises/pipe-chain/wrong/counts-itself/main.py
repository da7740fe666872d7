import sys
linies = sorted(open(sys.argv[1]))
open("carta.txt", "w").write(f"{len(linies)}\n")
