import os
import subprocess
import sys

try:
    subprocess.run(["env"], env={"LAB_TOKEN": "child", "LAB_EXTRA": "1"})
except OSError as e:
    print(e, file=sys.stderr)
    sys.exit(1)
print("LAB_TOKEN=" + os.environ["LAB_TOKEN"])
