"""N processes add 1 to one counter in shared memory, M times each."""
import sys

# 1. Check that there are just two arguments, N and M, and that they are numbers.
# 2. Make the shared memory: a counter, and what guards it (multiprocessing.Value and its lock, or mmap).
# 3. Start N children. Each adds 1 to the counter M times, and ends.
# 4. Wait for all of them, and print the total.
print("not written yet", file=sys.stderr)
sys.exit(1)
