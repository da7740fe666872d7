"""root has two children, A and B; A has one, C."""
import sys

# 1. Print root's line (os.getpid, os.getppid), and flush it before you fork.
# 2. Start A. A prints its line and starts C, which prints its own.
# 3. Start B, which prints its line.
# 4. Each of them stays until the input of root is over.
# 5. Each parent waits for its own children; root ends with 0.
print("not written yet", file=sys.stderr)
sys.exit(1)
