"""cat FILE | sort | wc -l > carta.txt, without a shell."""
import sys

# 1. Check that there is just one argument: sys.argv has two elements then.
# 2. Start cat with its standard output on a pipe (subprocess.Popen, or os.pipe and os.fork).
# 3. Start sort, reading from that pipe and writing on a second one.
# 4. Start wc -l, reading from the second pipe and writing to carta.txt.
# 5. Close every pipe end that you do not use.
# 6. Wait for the three and end with the status of wc.
print("not written yet", file=sys.stderr)
sys.exit(1)
