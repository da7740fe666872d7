"""grep WORD FILE | wc -l; the program takes the count from wc through a pipe of its own, and prints it itself."""
import subprocess
import sys

if len(sys.argv) != 3:
    print("two arguments: WORD FILE", file=sys.stderr)
    sys.exit(2)
try:
    wc = subprocess.Popen(["wc", "-l"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        grep = subprocess.Popen(["grep", "-e", sys.argv[1], "--", sys.argv[2]], stdout=wc.stdin)
    finally:
        wc.stdin.close()
        wc.stdin = None
    answer, _ = wc.communicate()
    grep.wait()
except OSError as error:
    sys.exit(str(error))
print(int(answer))
