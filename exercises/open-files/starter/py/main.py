"""Lists what a process has open: /proc/PID/fd has one link for each descriptor."""
import sys

# 1. Check that there is just one argument, and that it is a number.
# 2. Read the names in the directory /proc/PID/fd (os.listdir). If that fails there is no such process: a message and status 1.
# 3. Sort them by number.
# 4. For each, read where the link leads (os.readlink), and print both. The directory itself does not count.
print("not written yet", file=sys.stderr)
sys.exit(3)
