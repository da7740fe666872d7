"""Runs ls -a DIR, numbers its lines, and tells how it ended."""
import sys

# 1. Check that there is just one argument: sys.argv has two elements then.
# 2. Start ls -a DIR, with its standard output on a pipe (subprocess.Popen).
# 3. Read what comes, line by line, to its end; print each with its number.
# 4. Wait for ls; print its exit status, and end with it.
print("not written yet", file=sys.stderr)
sys.exit(1)
