"""The program reads what env says through a pipe, and hands it on itself."""
import os
import subprocess
import sys

changed = os.environ.copy()
changed["LAB_TOKEN"] = "child"
changed["LAB_EXTRA"] = "1"
try:
    sys.stdout.write(subprocess.check_output(["/usr/bin/env"], env=changed, text=True))
except OSError as error:
    sys.exit(str(error))
print("LAB_TOKEN=", os.environ["LAB_TOKEN"], sep="")
