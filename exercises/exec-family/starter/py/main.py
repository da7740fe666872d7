"""Replaces itself with another program, by any variant of exec."""
import sys

# 1. Check that there are two arguments at least: VARIANT and PROGRAM.
# 2. Call the variant (os.execl and its family): l takes the arguments one by one, v a list; p searches PATH; e gets an environment.
# 3. An exec that fails raises an exception: a message, and 127 or 126.
print("not written yet", file=sys.stderr)
sys.exit(1)
