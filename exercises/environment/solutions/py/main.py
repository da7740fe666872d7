"""Starts env with a changed copy of the environment; the own one stays as it is."""
import os
import subprocess
import sys

try:
    subprocess.run(["env"], env={**os.environ, "LAB_TOKEN": "child", "LAB_EXTRA": "1"})
except OSError as error:
    print(f"env: {error.strerror}", file=sys.stderr)
    sys.exit(1)
print("LAB_TOKEN=" + os.environ["LAB_TOKEN"])
