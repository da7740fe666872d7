import os
import subprocess
import sys

print("LAB_TOKEN=" + os.environ["LAB_TOKEN"])
try:
    subprocess.run(["env"], env=dict(os.environ, LAB_TOKEN="child", LAB_EXTRA="1"))
except OSError as e:
    sys.exit(f"{e}")
