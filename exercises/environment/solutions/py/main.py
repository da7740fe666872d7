"""Starts env with a changed copy of the environment; the own one stays as it is."""
import os
import sys

try:
    child = os.posix_spawnp("env", ["env"], {**os.environ, "LAB_TOKEN": "child", "LAB_EXTRA": "1"})
except OSError as error:
    print(f"env: {error.strerror}", file=sys.stderr)
    sys.exit(1)
os.waitpid(child, 0)
print("LAB_TOKEN=" + os.environ["LAB_TOKEN"])
