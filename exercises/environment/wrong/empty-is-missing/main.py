import os
import subprocess
import sys

token = os.environ.get("LAB_TOKEN")
if not token:
    sys.exit("LAB_TOKEN is not set")
try:
    subprocess.run(["env"], env=dict(os.environ, LAB_TOKEN="child", LAB_EXTRA="1"))
except OSError as e:
    sys.exit(f"{e}")
print(f"LAB_TOKEN={token}")
