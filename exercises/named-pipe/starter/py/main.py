"""named-pipe write PATH: standard input down a FIFO. named-pipe read PATH: what comes out of it."""
import sys

# 1. Check the arguments: write or read, and a path.
# 2. Make the FIFO if it is missing (os.mkfifo); if PATH is something else, that is an error.
# 3. write: open it for writing and copy standard input into it.
# 4. read: open it for reading, print what comes until the end, remove it.
print("not written yet", file=sys.stderr)
