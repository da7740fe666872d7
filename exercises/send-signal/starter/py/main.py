"""kill SIGNAL PID, by number or by name."""
import sys

# 1. Check that there are just two arguments, and that the second is a positive number.
# 2. Find out which signal the first one means: 10, USR1, SIGUSR1. There may be none.
# 3. Send it (os.kill), and say what went wrong if it was not sent.
print("not written yet", file=sys.stderr)
sys.exit(3)
