"""Starts env with a changed environment."""
import sys

# 1. Copy the environment (os.environ), and change the copy: LAB_TOKEN becomes child, LAB_EXTRA=1 is new.
# 2. Start env with it (subprocess.run, or os.fork and os.execvpe), and wait for its end.
# 3. Print LAB_TOKEN= and your own value.
print("not written yet", file=sys.stderr)
sys.exit(1)
