import os
import subprocess
import sys

os.environ["LAB_TOKEN"] = "child"
os.environ["LAB_EXTRA"] = "1"
try:
    subprocess.call("env")
except OSError as e:
    sys.exit(e)
print("LAB_TOKEN=" + os.environ["LAB_TOKEN"])
