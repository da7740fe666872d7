"""grep WORD FILE | wc -l, without a shell."""
import sys

# 1. Check that there are just two arguments: sys.argv has three elements then.
# 2. Start grep WORD FILE with its standard output on a pipe (subprocess.Popen, or os.pipe and os.fork).
# 3. Start wc -l, reading from that pipe.
# 4. Close every pipe end that you do not use.
# 5. Wait for both and end with 0.
print("not written yet", file=sys.stderr)
sys.exit(1)
